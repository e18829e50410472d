"""Hiding by itself, for a while: what readers who do not belong together can do to a comment, and what they cannot."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Delivery
from comments import clock
from comments.models import Comment, Report, Ruling, Trust
from forum.lib.moves import Refused
from tests import access
from tests.comments.making import WORDS, a_comment, a_report, a_rule, an_unread
from tests.makers import a_person

NETWORKS = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1", "2001:db8:2::1"]


@pytest.fixture
def comment(article, rosa, mina):
    return an_unread(article, rosa, mina)


def report(comment, address, *, person=None, **said):
    """Report a comment through a browser at this address of the network; return the answer."""
    browser, page = access.browser_of(person), f"/comments/{comment.pk}/report/"
    form = browser.get(page, REMOTE_ADDR=address).text
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', form) for name in ("opened", "revision")}
    fields = {name: match[1] for name, match in found.items() if match}
    said = {"website": "", "reason": "attack", "words": "", "email": "", **fields, **said}
    return browser.post(page, said, REMOTE_ADDR=address)


def report_from(comment, addresses, **said):
    """Let another member report it from each of these addresses."""
    for address in addresses:
        report(comment, address, person=a_person(), **said)


def fresh(comment):
    return Comment.objects.get(pk=comment.pk)


def let_two_days_pass(comment):
    Comment.objects.filter(pk=comment.pk).update(hidden_until=timezone.now() - timedelta(seconds=1))


def confirmation(queued):
    """Return the path that the last guest was mailed."""
    queued()
    letter = Delivery.objects.filter(key__startswith="comments.confirm:").first()
    return re.search(r"/reports/confirm/\S+", letter.text)[0]


@pytest.mark.parametrize("network", ["192.0.2.{}", "2001:db8:1:{}::1"], ids=["IPv4", "IPv6"])
def test_thirty_members_behind_one_prefix_hide_nothing(network, comment):
    report_from(comment, [network.format(place + 1) for place in range(30)])
    assert Report.objects.exclude(confirmed_at=None).count() == 30
    assert Report.objects.values("network").distinct().count() == 1
    assert fresh(comment).status == "published"
    assert not Ruling.objects.exists()


def test_two_schools_of_members_hide_nothing(comment):
    report_from(comment, [f"{network}.{place}" for place in range(1, 11) for network in ("192.0.2", "198.51.100")])
    assert fresh(comment).status == "published"


def test_any_number_of_guests_who_prove_no_address_hide_nothing(comment):
    for place in range(10):
        report(comment, f"198.51.{place}.1", email=f"guest{place}@example.org")
        report(comment, f"203.0.{place}.1")
    assert Report.objects.count() == 20
    assert fresh(comment).status == "published"


def test_three_members_from_three_networks_hide_a_comment_for_two_days_at_most(comment, client):
    report_from(comment, NETWORKS[:2])
    assert fresh(comment).status == "published"
    before = timezone.now()
    report_from(comment, NETWORKS[2:3])
    hidden = fresh(comment)
    assert hidden.status == "hidden"
    assert before < hidden.hidden_until - timedelta(hours=48) < timezone.now()
    assert WORDS not in client.get(comment.discussion.article.get_absolute_url()).text


def test_the_writer_is_told_that_a_machine_did_it(comment, rosa, queued):
    queued()
    Delivery.objects.all().delete()
    report_from(comment, NETWORKS[:3])
    queued()
    ruling = Ruling.objects.get()
    assert (ruling.verb, ruling.automatic, ruling.by, ruling.rule.slug) == ("hide", True, None, "attack")
    assert "This was done automatically" in ruling.statement
    assert "An editor read your comment" not in ruling.statement
    letters = Delivery.objects.filter(to=rosa.email)
    assert [ruling.statement in letter.text for letter in letters] == [True]


def test_it_comes_back_by_itself_and_is_not_hidden_a_second_time(comment, client):
    report_from(comment, NETWORKS[:3])
    let_two_days_pass(comment)
    assert WORDS in client.get(comment.discussion.article.get_absolute_url()).text
    report_from(comment, NETWORKS)
    assert fresh(comment).is_shown
    clock.due()
    report_from(comment, NETWORKS, reason="threat")
    assert fresh(comment).status == "published"
    assert Ruling.objects.count() == 1


def test_what_a_moderator_kept_is_never_hidden_by_a_machine(comment, mina):
    report_from(comment, NETWORKS[:2])
    fresh(comment).keep(by=mina)
    report_from(comment, NETWORKS)
    report_from(comment, NETWORKS, reason="threat")
    assert Report.objects.filter(reason="threat").count() == len(NETWORKS)
    assert fresh(comment).status == "published"


def test_what_a_moderator_put_back_is_never_hidden_by_a_machine(comment, mina):
    report_from(comment, NETWORKS[:3])
    fresh(comment).restore(by=mina)
    report_from(comment, NETWORKS, reason="threat")
    assert fresh(comment).status == "published"


def test_new_words_that_a_moderator_approved_are_never_hidden_by_a_machine(comment, rosa, mina):
    report_from(comment, NETWORKS[:2])
    fresh(comment).ask_to_reword(by=mina, rule=a_rule(), reason="Please.")
    fresh(comment).reword("The same, said kindly.", by=rosa)
    fresh(comment).approve(by=mina)
    report_from(comment, NETWORKS, reason="threat")
    assert fresh(comment).status == "published"


def test_a_form_that_was_opened_before_an_edit_makes_no_report(article, rosa, mina):
    Trust.give(rosa, by=mina)
    comment = a_comment(article, rosa)
    earlier = comment.current_id
    comment.edit("The same, said kindly.", by=rosa)
    for address in NETWORKS:
        report(comment, address, person=a_person(), revision=earlier)
    assert not Report.objects.exists()
    assert fresh(comment).status == "published"


def test_a_report_that_an_edit_overtook_is_told(article, rosa, mina):
    Trust.give(rosa, by=mina)
    comment = a_comment(article, rosa)
    fresh(comment).edit("The same, said kindly.", by=rosa)
    with pytest.raises(Refused, match="was changed while you were reporting"):
        a_report(comment)
    assert not Report.objects.exists()


def test_a_guest_counts_once_she_has_pressed_and_not_for_looking(comment, client, queued):
    report_from(comment, NETWORKS[:2])
    report(comment, NETWORKS[2], email="ines@example.org")
    path = confirmation(queued)
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert Report.objects.get(email="ines@example.org").confirmed_at is None
    assert fresh(comment).status == "published"
    receipt = client.post(path)
    assert receipt.status_code == 302
    assert fresh(comment).status == "hidden"
    client.post(path)
    assert Ruling.objects.count() == 1


def test_a_guest_who_is_late_hides_nothing_that_was_decided(comment, client, mina, queued):
    report_from(comment, NETWORKS[:2])
    report(comment, NETWORKS[2], email="ines@example.org")
    path = confirmation(queued)
    fresh(comment).keep(by=mina)
    client.post(path)
    assert fresh(comment).status == "published"


@pytest.mark.parametrize("token", ["{pk}", "{pk}:forged", "x", "0", "{pk}:" + "a" * 43, "²:a"])
def test_a_forged_confirmation_confirms_nothing(token, comment, queued):
    report(comment, NETWORKS[2], email="ines@example.org")
    path = f"/reports/confirm/{token.format(pk=Report.objects.get().pk)}/"
    assert Client().get(path).status_code == Client().post(path).status_code == 404
    assert Report.objects.get().confirmed_at is None


def test_a_confirmation_of_one_report_is_none_of_another(comment, queued):
    report(comment, NETWORKS[2], email="ines@example.org")
    own, other = Report.objects.get(), count(Report.objects.get().pk + 1)
    sealed = own.confirm_path.split("/")[-2].partition(":")[2]
    assert Client().post(f"/reports/confirm/{next(other)}:{sealed}/").status_code == 404


def test_a_network_that_was_forgotten_weighs_nothing(comment):
    report_from(comment, NETWORKS[:1])
    Report.objects.update(at=timezone.now() - timedelta(days=31))
    Report.forget_networks()
    report_from(comment, NETWORKS[:2])
    assert Report.objects.count() == 3
    assert fresh(comment).status == "published"
