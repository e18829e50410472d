from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from forum.lib.web.throttle import TooMany, allow, prefix


def test_the_limit_is_allowed_and_the_next_is_not():
    for _ in range(3):
        allow("essay", "rosa@example.org", limit=3, period=60)
    with pytest.raises(TooMany) as refusal:
        allow("essay", "rosa@example.org", limit=3, period=60)
    assert 55 <= refusal.value.retry_after <= 60


def test_people_and_scopes_do_not_share_tickets():
    allow("essay", "rosa", limit=1, period=60)
    allow("essay", "sami", limit=1, period=60)
    allow("report", "rosa", limit=1, period=60)


def test_capitals_make_no_new_person():
    allow("essay", "Rosa@Example.org", limit=1, period=60)
    with pytest.raises(TooMany):
        allow("essay", "rosa@example.org", limit=1, period=60)


def test_a_ticket_comes_back():
    allow("essay", "rosa", limit=1, period=60)
    cache.clear()  # what the passing of a minute does
    allow("essay", "rosa", limit=1, period=60)


def test_tickets_come_back_one_by_one_and_no_sooner(time_machine):
    start = timezone.now()
    for second in (0, 20, 40):
        time_machine.move_to(start + timedelta(seconds=second), tick=False)
        allow("essay", "rosa", limit=3, period=60)
    for second, is_free in ((59, False), (61, True), (79, False), (81, True), (99, False), (101, True)):
        time_machine.move_to(start + timedelta(seconds=second), tick=False)
        if is_free:
            allow("essay", "rosa", limit=3, period=60)
        else:
            with pytest.raises(TooMany) as refusal:
                allow("essay", "rosa", limit=3, period=60)
            assert refusal.value.retry_after == 1


def test_the_settings_hold_the_limits(settings):
    settings.THROTTLES = {"essay": (1, 3600)}
    allow("essay", "rosa")
    with pytest.raises(TooMany) as refusal:
        allow("essay", "rosa")
    assert refusal.value.retry_after > 3500


def test_many_at_once_get_no_more_than_the_limit():
    barrier = Barrier(8)

    def press(_):
        barrier.wait(timeout=10)
        try:
            allow("essay", "rosa", limit=3, period=60)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 3


def from_address(address, **meta):
    return prefix(RequestFactory().get("/", REMOTE_ADDR=address, **meta))


def test_neighbours_share_a_prefix():
    assert from_address("192.0.2.1") == from_address("192.0.2.200")
    assert from_address("192.0.2.1") != from_address("192.0.3.1")
    assert from_address("2001:db8:1::1") == from_address("2001:db8:1:ffff::9")
    assert from_address("2001:db8:1::1") != from_address("2001:db8:2::1")
    assert from_address("::ffff:192.0.2.1") == from_address("192.0.2.77")


def test_a_prefix_does_not_show_the_address():
    assert "192.0.2" not in from_address("192.0.2.1")
    assert len(from_address("192.0.2.1")) == 32


def test_nobody_chooses_their_own_prefix(settings):
    settings.TRUSTED_PROXIES = 0
    assert from_address("192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.1") == from_address("192.0.2.1")


def test_a_trusted_proxy_says_who_asks(settings):
    settings.TRUSTED_PROXIES = 1
    said = from_address("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.1")
    assert said == from_address("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert said != from_address("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9")


@pytest.mark.parametrize("nonsense", ["", "unix:", "300.1.1.1"])
def test_an_unknown_address_is_one_prefix(nonsense):
    assert from_address(nonsense) == from_address("")


def test_who_waits_past_midnight_is_told_that_it_is_tomorrow(time_machine):
    time_machine.move_to(datetime(2026, 11, 30, 22, 30, tzinfo=UTC), tick=False)
    with timezone.override("UTC"):
        assert TooMany(60 * 60).when == "at 23:30 (UTC)"
        assert TooMany(24 * 60 * 60).when == "tomorrow at 22:30 (UTC)"
