from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, and the mails that go to them."""

    name = "accounts"
    verbose_name = "People and mail"

    def ready(self):
        from accounts import entrance, receivers  # noqa: F401 - whose forms must be known before one is refused
