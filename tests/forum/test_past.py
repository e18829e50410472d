"""What is kept for a while is gone when its time is over."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from forum import clock, past
from forum.environment import CACHE_TABLE

pytestmark = pytest.mark.django_db


def kept():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {CACHE_TABLE} WHERE cache_key LIKE ':1:unsent:%'")
        return {key for (key,) in cursor}


def test_what_the_cache_kept_for_an_hour_does_not_lie_there_after_it(settings):
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": CACHE_TABLE}}
    cache.set("unsent:ended", {"said": {"text": ["What she wrote."]}}, -60)
    cache.set("unsent:waiting", {"said": {"text": ["What she wrote."]}}, 60)
    assert kept() == {":1:unsent:ended", ":1:unsent:waiting"}
    assert clock.tick() == []
    assert kept() == {":1:unsent:waiting"}
    assert cache.get("unsent:waiting")


def test_where_the_cache_keeps_too_much_what_ends_first_goes_first(settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "forum.lib.cache.Cache", "LOCATION": CACHE_TABLE}}
    monkeypatch.setattr(past, "MOST_KEPT", 2)
    for name, seconds in (("day", 86400), ("minute", 60), ("hour", 3600)):
        cache.set(f"unsent:{name}", "What she wrote.", seconds)
    past.due()
    assert kept() == {":1:unsent:day", ":1:unsent:hour"}


def test_an_ended_session_is_deleted_and_one_that_runs_goes_on():
    for key, days in (("ended", -1), ("running", 1)):
        until = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=until)
    assert clock.tick() == []
    assert set(Session.objects.values_list("session_key", flat=True)) == {"running"}
