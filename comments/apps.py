from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Discussion: what readers say under a piece, and what the editors decide about it."""

    name = "comments"

    def ready(self):
        from comments import receivers  # noqa: F401
