from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """The mailing list."""

    name = "alerts"

    def ready(self):
        from alerts import receivers  # noqa: F401
