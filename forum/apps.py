from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ForumConfig(AppConfig):
    """The project itself: commands, checks and the home page."""

    name = "forum"

    def ready(self):
        from . import checks  # noqa: F401


class DeskConfig(AdminConfig):
    """Django's admin with the editors' desk as its site."""

    default_site = "forum.lib.desk.DeskSite"
