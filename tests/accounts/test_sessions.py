"""Who is signed in, as the next page finds out, and for how long."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from forum.lib.web.sessions import SessionStore
from tests.access import browser_of

HERS = "/comments/mine/"


@pytest.fixture
def rosas(rosa):
    browser = browser_of(rosa)
    assert browser.get(HERS).status_code == 200
    return browser


def test_a_session_that_django_itself_wrote_goes_on(rosa, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    client = browser_of(rosa)
    settings.SESSION_ENGINE = "forum.lib.web.sessions"
    assert client.get(HERS).status_code == 200
    key = client.cookies["sessionid"].value
    assert db.SessionStore(key).load() == SessionStore(key).load() != {}


def test_a_session_ends_when_its_time_is_over(rosas):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert rosas.get(HERS).status_code == 302


def test_a_session_whose_row_is_gone_is_nobodys_and_its_key_is_not_used_again(rosas):
    key = rosas.cookies["sessionid"].value
    Session.objects.all().delete()
    assert rosas.get(HERS).status_code == 302
    session = SessionStore(key)
    assert (session.load(), session.session_key) == ({}, None)


@pytest.mark.parametrize("key", ['"abcdefgh\\000ijk"', "a" * 4000, "é" * 20, "abc"])
def test_whatever_a_stranger_calls_a_session_is_nobodys(client, db, settings, key):
    answer = client.get("/contact/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={key}"})
    assert answer.status_code == 200


def test_every_session_ends_with_another_password_and_when_the_account_is_closed(rosas, rosa):
    other = browser_of(rosa)
    rosa.set_password("quite another one")
    rosa.save(update_fields=["password"])
    assert [browser.get(HERS).status_code for browser in (rosas, other)] == [302, 302]
    third = browser_of(rosa)
    assert third.get(HERS).status_code == 200
    rosa.deactivate()
    assert third.get(HERS).status_code == 302


def test_a_rank_that_was_given_or_taken_past_the_verbs_counts_on_the_next_page(rosas, rosa):
    assert "The desk" not in rosas.get("/").text
    rosa.groups.through.objects.bulk_create(
        [rosa.groups.through(user=rosa, group=Group.objects.get(name="editor"))]
    )
    assert "The desk" in rosas.get("/").text
    rosa.groups.through.objects.all().delete()
    assert "The desk" not in rosas.get("/").text
