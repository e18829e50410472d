"""Composition only: which app answers which addresses."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from .home import home
from .machines import healthz, robots, security
from .postbox import letter, postbox
from .transparency import transparency, transparency_csv

handler400 = "forum.lib.web.refusals.bad_request"
handler403 = "forum.lib.web.refusals.forbidden"
handler404 = "forum.lib.web.refusals.not_found"
handler500 = "forum.lib.web.refusals.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("", include("articles.urls")),
    path("", include("comments.urls")),
    path("", include("alerts.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("transparency/", transparency, name="transparency"),
    path("transparency/figures.csv", transparency_csv, name="transparency_csv"),
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
    path("", include("forum.pages.urls")),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/mail/", postbox, name="demo_postbox"),
        path("demo/mail/<slug:name>/", letter, name="demo_letter"),
    ]
