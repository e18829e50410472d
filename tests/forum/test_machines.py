import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import get_resolver

from forum import machines

pytestmark = pytest.mark.django_db


def test_a_healthy_site_says_so(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"well\n")
    assert response["Cache-Control"] == "no-store"


def test_a_site_without_its_database_says_so(monkeypatch):
    class Gone:
        def cursor(self):
            raise OperationalError

    monkeypatch.setattr(machines, "connection", Gone())
    assert machines.healthz(RequestFactory().get("/healthz")).status_code == 503


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
