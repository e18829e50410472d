from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "forum.pages"
    label = "pages"
