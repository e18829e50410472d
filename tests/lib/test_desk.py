from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from forum.lib import desk
from forum.lib.desk import Panel, Row

pytestmark = pytest.mark.django_db

ANYONE = AnonymousUser()


@pytest.fixture
def panels(monkeypatch):
    """An empty register of panels."""
    register = []
    monkeypatch.setattr(desk, "_panels", register)
    return register


def test_rows_are_merged_oldest_promise_first(panels):
    now = timezone.now()
    panels.append(lambda user: Panel("Pieces", [Row("b", "/b/", due=now), Row("d", "/d/", since=now)], 2))
    panels.append(lambda user: Panel("Reports", [Row("a", "/a/", due=now - timedelta(days=1))], 1))
    panels.append(lambda user: Panel("Elsewhere", [Row("x", "/x/", due=now)], 1, waiting=False))
    panels.append(lambda user: None)
    found, rows = desk.waiting_for(ANYONE)
    assert [panel.title for panel in found] == ["Pieces", "Reports", "Elsewhere"]
    assert [(kind, row.title) for kind, row in rows] == [("Reports", "a"), ("Pieces", "b"), ("Pieces", "d")]


def test_a_row_is_late_when_its_promise_has_passed():
    now = timezone.now()
    assert Row("a", "/", due=now - timedelta(minutes=1)).is_late
    assert not Row("a", "/", due=now + timedelta(minutes=1)).is_late
    assert not Row("a", "/").is_late
    assert Row("a", "/", late=True).is_late


def test_the_front_page_shows_what_waits(panels, client, edith):
    row = Row("The river and the dam", "/there/", due=timezone.now() - timedelta(days=1), who="Sami")
    panels.append(lambda user: Panel("Pieces", [row], 1))
    client.force_login(edith)
    page = client.get("/admin/").content.decode()
    assert "Waiting for you" in page
    assert '<a href="/there/">The river and the dam</a>' in page
    assert "Sami" in page


def test_a_page_of_the_desk_is_private(client, edith):
    client.force_login(edith)
    assert client.get("/admin/")["Cache-Control"] == "private, no-store"


def test_strangers_are_sent_to_the_sites_own_login(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next=/admin/"


def test_readers_are_told_that_the_desk_is_not_theirs(client, rosa):
    client.force_login(rosa)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "The desk is for the editors." in response.content.decode()


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def _production(self, settings):
        settings.STAFF_SECOND_FACTOR = True

    def test_staff_without_one_are_asked_to_set_it_up(self, client, edith):
        client.force_login(edith)
        response = client.get("/admin/", follow=False)
        assert response.status_code == 302
        assert client.get(response["Location"])["Location"] == reverse("mfa_activate_totp")

    def test_a_session_that_proved_it_is_let_in_as_long_as_the_factor_is_there(self, client, edith):
        factor = Authenticator.objects.create(user=edith, type="totp", data={"secret": "kept"})
        client.force_login(edith)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp"}]
        session["account_authentication_methods_user"] = str(edith.pk)
        session.save()
        assert client.get("/admin/").status_code == 200
        factor.delete()
        assert client.get("/admin/").status_code == 302

    def test_a_password_alone_is_not_enough(self, client, edith):
        client.force_login(edith)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password"}]
        session["account_authentication_methods_user"] = str(edith.pk)
        session.save()
        assert client.get("/admin/").status_code == 302


def test_after_the_login_nobody_is_sent_elsewhere(client, edith):
    client.force_login(edith)
    response = client.get("/admin/login/?next=https://elsewhere.example/")
    assert response["Location"] == reverse("admin:index")
