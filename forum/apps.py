from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class ForumConfig(AppConfig):
    """The project itself: commands, checks and the home page."""

    name = "forum"

    def ready(self):
        from . import checks, fresh  # noqa: F401
        from .lib import timestamps

        pre_migrate.connect(fresh.unwatch, sender=self)
        post_migrate.connect(fresh.watch, sender=self)
        connection_created.connect(timestamps.read)


class DeskConfig(AdminConfig):
    """Django's admin with the editors' desk as its site."""

    default_site = "forum.lib.desk.DeskSite"
