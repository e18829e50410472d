"""The mailing list: joining, confirming, leaving, and what none of them reveals."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery
from alerts.models import Subscriber
from forum.lib.forms import Opened
from forum.lib.moves import Guest, IllegalMove

pytestmark = pytest.mark.django_db
ADDRESS = "nadia@example.org"
ASKED = "Do you want to be on the list of International Affairs Forum?"


def form(email=ADDRESS, **fields):
    return {"email": email, "opened": Opened().format_value(""), **fields}


@pytest.fixture
def pending():
    return Subscriber.join(by=Guest(ADDRESS))


@pytest.fixture
def confirmed(pending):
    return pending.confirm(by=pending.holder)


def letters():
    return list(Delivery.objects.filter(to=ADDRESS).order_by("pk"))


def test_joining_mails_a_link_behind_which_a_button_confirms(client, queued):
    assert client.get("/alerts/").status_code == 200
    assert client.post("/alerts/", form("Nadia@Example.org")).url == "/alerts/sent/"
    queued()
    (letter,) = letters()
    assert letter.subject == ASKED
    link = re.search(r"http://[^/]+(/alerts/\S+/)", letter.text)[1]
    assert letter.headers["List-Unsubscribe"].endswith(f"{link}>")
    page = client.get(link)
    assert "Yes, send me mail" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(f"{link}confirm/").url == link
    assert Subscriber.objects.get().status == "pending"
    assert client.post(f"{link}confirm/").url == link
    assert Subscriber.objects.get().status == "confirmed"
    assert client.get(f"{link}leave/").url == link
    assert Subscriber.objects.get().status == "confirmed"
    client.post(f"{link}leave/")
    assert Subscriber.objects.get().status == "left"
    assert "is not on the list" in client.get(link).text


def test_the_answer_is_the_same_for_every_address(client, confirmed):
    known, strange = (client.post("/alerts/", form(email)) for email in (ADDRESS, "stranger@example.org"))
    assert known.url == strange.url == "/alerts/sent/"
    assert known.content == strange.content
    assert known.cookies.keys() == strange.cookies.keys()


def test_an_address_on_the_list_is_told_so_and_stays(client, confirmed, queued):
    confirmed.events.update(at=timezone.now() - timedelta(minutes=5))
    client.post("/alerts/", form())
    queued()
    assert letters()[-1].subject == "You are already on the list of International Affairs Forum"
    confirmed.refresh_from_db()
    assert confirmed.status == "confirmed"


def test_an_address_that_waits_gets_the_link_again(client, pending, queued, time_machine):
    client.post("/alerts/", form("NADIA@example.org"))
    time_machine.move_to(timezone.now() + timedelta(minutes=3))
    client.post("/alerts/", form("NADIA@example.org"))
    queued()
    assert [letter.subject for letter in letters()] == [ASKED] * 2
    assert Subscriber.objects.get() == pending


def test_an_address_that_is_given_many_times_at_once_gets_one_letter(client, queued):
    for _ in range(6):
        assert client.post("/alerts/", form()).status_code == 302
    queued()
    assert len(letters()) == 1


def test_who_left_is_asked_again_before_anything_is_sent(confirmed, queued):
    confirmed.leave(by=confirmed.holder)
    confirmed.events.update(at=timezone.now() - timedelta(minutes=5))
    Subscriber.join(by=Guest(ADDRESS))
    queued()
    confirmed.refresh_from_db()
    assert confirmed.status == "pending"
    assert letters()[-1].subject == ASKED
    assert [event.verb for event in confirmed.events.all()] == ["join", "confirm", "leave", "rejoin"]


@pytest.mark.parametrize("by", [Guest(ADDRESS), Guest("other@example.org", confirmed=True)])
def test_only_who_opened_the_link_confirms_or_leaves(pending, by):
    with pytest.raises(PermissionDenied):
        pending.confirm(by=by)
    with pytest.raises(PermissionDenied):
        pending.leave(by=by)
    assert pending.status == "pending"


def test_confirming_twice_says_what_happened_first(client, confirmed):
    with pytest.raises(IllegalMove):
        confirmed.confirm(by=confirmed.holder)
    assert client.post(reverse("alerts_confirm", args=[confirmed.token])).status_code == 409


def test_a_strange_link_is_not_found(client, pending):
    for name in ("alerts_manage", "alerts_confirm", "alerts_leave"):
        assert client.post(reverse(name, args=["x" * 43])).status_code in {404, 405}
        assert client.get(reverse(name, args=["x" * 43]), follow=True).status_code == 404


@pytest.mark.parametrize("fields", [{"email": "nonsense"}, {"website": "http://spam"}, {"opened": "forged"}])
def test_a_refused_form_keeps_the_address_and_tells_why(client, fields, work):
    page = client.post("/alerts/", form() | fields)
    assert page.status_code == 200
    assert f'value="{fields.get("email", ADDRESS)}"' in page.text
    assert "problem" in page.text or "danger" in page.text
    work()
    assert not Subscriber.objects.exists()
    assert not mail.outbox


def test_nobody_joins_without_their_token(client):
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post("/alerts/", form()).status_code == 403
    assert not Subscriber.objects.exists()
