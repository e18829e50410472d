from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ArticlesConfig(AppConfig):
    """Pieces: private on the way in, public on the way out."""

    name = "articles"

    def ready(self):
        from articles import receivers  # noqa: F401
        from articles.models.public import months, shelved

        def stop_counting(plan, **_):
            if plan and months.is_there():
                months.stop_counting()
            if plan and shelved.is_there():
                shelved.stop_shelving()

        def count_anew(**_):
            if months.is_there():
                months.count_anew()
            if shelved.is_there():
                shelved.shelve_anew()

        pre_migrate.connect(stop_counting, sender=self, weak=False)
        post_migrate.connect(count_anew, sender=self, weak=False)
