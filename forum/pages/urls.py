from django.urls import path

from forum.pages.views import page

urlpatterns = [
    path("about/", page, {"slug": "about"}, name="about"),
    path("about/welcome/", page, {"slug": "welcome"}, name="welcome"),
    path("about/how-we-label/", page, {"slug": "how-we-label"}, name="how_we_label"),
    path("support/", page, {"slug": "support"}, name="support"),
    path("terms/", page, {"slug": "terms"}, name="terms"),
    path("privacy/", page, {"slug": "privacy"}, name="privacy"),
    path("accessibility/", page, {"slug": "accessibility"}, name="accessibility"),
]
