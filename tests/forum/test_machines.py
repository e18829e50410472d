import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory
from django.urls import get_resolver

from forum import machines, schema

pytestmark = pytest.mark.django_db


def test_a_healthy_site_says_so(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"well\n")
    assert response["Cache-Control"] == "no-store"


def test_a_site_without_its_database_says_so(monkeypatch):
    monkeypatch.setattr(schema, "MigrationLoader", gone)
    answer = machines.healthz(RequestFactory().get("/healthz"))
    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")


def gone(*arguments):
    raise OperationalError


def test_a_site_whose_database_is_behind_says_what_to_run(client):
    MigrationRecorder(connection).record_unapplied("forum", "0003_changes")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "run manage.py migrate (forum.0003_changes)" in answer.text


def test_a_site_whose_cache_is_away_says_so(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "nowhere"}}
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (503, "The cache does not answer.\n")


def test_a_site_whose_static_files_were_not_collected_says_so(client, settings):
    bundled = {"BACKEND": "forum.lib.web.bundle.BundledStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": bundled}
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.text == "The static files are not there: run manage.py collectstatic.\n"


def test_a_monitor_may_reach_it_by_any_name_and_nobody_else_may(client):
    by_number = {"Host": "10.0.0.7:8000"}
    assert [client.get(path, headers=by_number).status_code for path in ("/healthz", "/about/")] == [200, 400]


def test_robots_are_told_what_is_closed(client, settings):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/\n" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml\n" in text


def test_whoever_finds_a_weakness_is_told_whom_to_tell(client, settings):
    text = client.get("/.well-known/security.txt").content.decode()
    assert f"Contact: {settings.SITE_URL}/contact/\n" in text
    assert "\nExpires: 2" in text


def test_every_view_declares_how_it_may_be_kept():
    undeclared = [name for name, view in views(get_resolver()) if not hasattr(view, "cache_class")]
    assert undeclared == []


def views(resolver, prefix=""):
    """Yield every address of the site with its view."""
    for pattern in resolver.url_patterns:
        name = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern, name)
        else:
            yield name, pattern.callback
