from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Pieces: private on the way in, public on the way out."""

    name = "articles"

    def ready(self):
        from articles import receivers  # noqa: F401
