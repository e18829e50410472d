"""The mailing list at the desk: read and taken away by few, changed by nobody."""

import csv

import pytest

from alerts.models import Subscriber
from forum.lib.moves import Guest

pytestmark = pytest.mark.django_db
LIST, TABLE = "/admin/alerts/subscriber/", "/admin/alerts/mailing-list.csv"


def a_subscriber(email):
    subscriber = Subscriber.join(by=Guest(email))
    return subscriber.confirm(by=subscriber.holder)


@pytest.mark.parametrize("person", ["rosa", "mina", "edith"])
def test_others_do_not_see_the_list(cast, person, signed_in):
    a_subscriber("secretword@example.org")
    for address in (LIST, TABLE):
        answer = signed_in(cast[person]).get(address, follow=True)
        assert answer.status_code == 403
        assert "secretword" not in answer.text


@pytest.mark.parametrize("person", ["maggie", "ada"])
def test_the_table_holds_the_confirmed_and_no_formula(cast, person, signed_in):
    plain, formula = a_subscriber("plain@example.org"), a_subscriber("=1+1@example.org")
    Subscriber.join(by=Guest("waiting@example.org"))
    gone = a_subscriber("gone@example.org")
    gone.leave(by=gone.holder)
    browser = signed_in(cast[person])
    assert "waiting@example.org" in browser.get(LIST).text
    answer = browser.get(TABLE)
    assert answer.headers["Cache-Control"] == "private, no-store"
    rows = list(csv.reader(answer.text.splitlines()))
    assert [row[0] for row in rows] == ["address", "plain@example.org", "'=1+1@example.org"]
    assert [row[2].endswith(s.get_absolute_url()) for row, s in zip(rows[1:], [plain, formula], strict=True)]


def test_the_desk_changes_nothing(ada, signed_in):
    subscriber = a_subscriber("plain@example.org")
    desk = signed_in(ada)
    assert desk.post(f"{LIST}{subscriber.pk}/change/", {"email": "other@example.org"}).status_code == 403
    assert desk.post(f"{LIST}{subscriber.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.get(f"{LIST}add/").status_code == 403
    subscriber.refresh_from_db()
    assert (subscriber.email, subscriber.status) == ("plain@example.org", "confirmed")
