"""The clock: what fails is told, and holds up nothing."""

from datetime import time

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Delivery
from articles import promises
from articles.models.public import months, shelved
from forum import clock, digest
from forum.lib import version
from forum.models import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch):
    """Three functions of the clock, of which the second always fails; return which of the others ran."""
    ran = []
    monkeypatch.setattr(clock, "DUE", {
        "one": lambda: ran.append("one"), "two": lambda: 1 / 0, "three": lambda: ran.append("three"),
    })
    return ran


def test_one_failing_function_leaves_the_others_running(ran, caplog):
    assert clock.tick() == ["two"]
    assert ran == ["one", "three"]
    assert "two failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_administrators_read_what_fails_since_when_until_it_works_again(ran, ada, edith, signed_in, monkeypatch):
    clock.tick()
    clock.tick()
    assert [(trouble.name, trouble.times) for trouble in Trouble.objects.all()] == [("two", 2)]
    assert "ZeroDivisionError: division by zero" in signed_in(ada).get("/admin/").text
    assert "ZeroDivisionError: division by zero" in signed_in(ada).get("/admin/failing/").text
    assert "ZeroDivisionError" not in signed_in(edith).get("/admin/").text
    monkeypatch.setitem(clock.DUE, "two", lambda: None)
    clock.tick()
    assert not Trouble.objects.exists()
    assert "Nothing fails." in signed_in(ada).get("/admin/failing/").text


def test_a_failure_is_told_to_administrators_by_the_one_mail_a_day(ran, ada, monkeypatch):
    monkeypatch.setattr(promises, "MORNING", time(0))
    clock.tick()
    for _ in range(2):
        digest.due()
    letter = Delivery.objects.get()
    assert (letter.to, letter.subject) == (ada.email, "1 thing waits for you")
    assert "Fails: two" in letter.text
    assert "/admin/failing/" in letter.text


def test_what_fails_is_logged_once_with_its_traceback_and_not_every_minute(ran, caplog):
    clock.tick()
    clock.tick()
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_cron_hears_of_a_failure_and_everything_else_is_done(ran):
    with pytest.raises(CommandError, match="two"):
        call_command("tick")
    assert ran == ["one", "three"]


def test_the_clock_stops_between_two_functions_when_it_is_told_to(ran):
    clock.tick(until=lambda: bool(ran))
    assert ran == ["one"]


def test_every_function_exists_and_may_run_at_any_time(db):
    assert clock.tick() == []
    assert clock.tick() == []


@pytest.mark.parametrize("taken", [
    [version.unwatch], [months.stop_counting], [version.unwatch, months.stop_counting, shelved.stop_shelving],
])
def test_a_migration_that_stopped_half_way_is_told_until_it_is_run_again(db, taken):
    for away in taken:
        away()
    assert clock.tick() == ["forum.fresh.due"]
    assert "run manage.py migrate again" in Trouble.objects.get().error
    call_command("migrate", verbosity=0)
    assert clock.tick() == []
    assert not Trouble.objects.exists()
