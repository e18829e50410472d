"""Objecting to a decision, and what somebody else makes of it."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from accounts.models import Delivery
from comments.models import Appeal, Ruling
from forum.lib.moves import Guest
from tests.comments.making import COMMENTS_IN, a_published, a_removed, a_report, a_rule, a_sanction, an_appeal

WHY = "I wrote about the argument and not about the person."


def appeal_page(comment):
    return f"/comments/{comment.pk}/appeal/"


def desk_page(appeal, verb=""):
    return f"/admin/comments/appeals/{appeal.pk}/{verb and verb + '/'}"


@pytest.fixture
def kept(article, rosa, sami, mina):
    """A report by Sami, who has an account, about a comment that stays."""
    comment = a_published(article, rosa, mina)
    report = a_report(comment, by=sami)
    comment.keep(by=mina)
    return report


@pytest.mark.parametrize("state", ["hidden", "rewording", "removed", "spam"])
def test_the_writer_finds_the_way_to_object_beside_her_comment(state, article, rosa, mina, signed_in):
    comment = COMMENTS_IN[state](article, rosa, mina)
    client = signed_in(rosa)
    assert appeal_page(comment) in client.get("/comments/mine/").text
    there = client.get(appeal_page(comment)).headers["Location"]
    page = client.post(there, {"words": WHY}, follow=True).text
    assert "Somebody else is looking at the decision" in page
    assert WHY in page
    appeal = Appeal.objects.get()
    assert (appeal.words, appeal.objector, appeal.status) == (WHY, rosa, "submitted")
    assert "Your objection: Somebody else is looking at the decision" in client.get("/comments/mine/").text


def test_the_address_in_the_letter_needs_no_account(article, rosa, mina, client, work):
    a_removed(article, rosa, mina)
    work()
    letter = next(letter for letter in mail.outbox if "was removed" in letter.subject)
    there = re.search(r"/objections/\S+", letter.body)[0]
    assert "Object to a decision" in client.get(there).text
    client.post(there, {"words": WHY})
    assert Appeal.objects.get().objector == rosa


@pytest.mark.parametrize(
    "there", ["/objections/1.2:x/", "/objections/x/", "/objections/guest/x/", "/reports/confirm/x/"]
)
def test_an_address_we_never_made_leads_nowhere(there, article, rosa, mina, client):
    a_removed(article, rosa, mina)
    assert client.get(there).status_code == 404


@pytest.mark.parametrize("state", ["pending", "published", "withdrawn"])
def test_where_nothing_was_decided_there_is_nothing_to_object_to(state, article, rosa, mina, signed_in):
    comment = COMMENTS_IN[state](article, rosa, mina)
    client = signed_in(rosa)
    assert appeal_page(comment) not in client.get("/comments/mine/").text
    assert client.get(appeal_page(comment)).headers["Location"] == "/comments/mine/"


def test_a_decision_that_was_taken_back_is_not_objected_to(article, rosa, mina, client):
    comment = a_removed(article, rosa, mina)
    there = comment.ruling.path_for(rosa)
    comment.restore(by=mina)
    assert "does not stand any more" in client.get(there).text
    answer = client.post(there, {"words": WHY})
    assert answer.status_code == 409
    assert WHY in answer.text


def test_one_objects_once_and_within_half_a_year(article, rosa, mina, client):
    comment = a_removed(article, rosa, mina)
    there = comment.ruling.path_for(rosa)
    client.post(there, {"words": WHY})
    assert client.post(there, {"words": "And again."}).status_code == 409
    Appeal.objects.all().delete()
    Ruling.objects.filter(pk=comment.ruling_id).update(at=timezone.now() - timedelta(days=184))
    assert "more than half a year old" in client.get(there).text
    answer = client.post(there, {"words": WHY})
    assert answer.status_code == 409
    assert WHY in answer.text


def test_a_member_who_reported_objects_from_her_receipt(kept, sami, edith, signed_in):
    browser = signed_in(sami)
    assert f"{kept.get_absolute_url()}appeal/" in browser.get(kept.get_absolute_url()).text
    browser.post(f"{kept.get_absolute_url()}appeal/", {"words": WHY})
    appeal = Appeal.objects.get()
    assert (appeal.objector, appeal.ruling.verb) == (sami, "keep")
    page = signed_in(edith).get(desk_page(appeal)).text
    assert "A reader who had reported it objects" in page
    assert "Sami" not in page
    receipt = signed_in(sami).get(kept.get_absolute_url()).text
    assert "Somebody else is looking at the decision." in receipt
    assert "/appeal/" not in receipt
    appeal.let_stand(by=edith, reason="It is within the rules.")
    assert "It is within the rules." in signed_in(sami).get(kept.get_absolute_url()).text


def test_a_guest_objects_from_her_receipt_once(article, rosa, mina, edith, client, work):
    comment = a_published(article, rosa, mina)
    report = a_report(comment, by=Guest("ines@example.org"))
    comment.keep(by=mina)
    there = f"{report.get_absolute_url()}appeal/"
    assert there in client.get(report.get_absolute_url()).text
    client.post(there, {"words": WHY})
    assert client.post(there, {"words": "Once more, please."}).status_code == 409
    appeal = Appeal.objects.get()
    assert (appeal.objector, appeal.report) == (None, report)
    appeal.let_stand(by=edith, reason="It is within the rules.")
    work()
    told = next(letter for letter in mail.outbox if letter.subject == "Decision stands")
    assert told.to == ["ines@example.org"]
    assert "It is within the rules." in client.get(report.get_absolute_url()).text


def test_letters_to_reporters_who_objected_before_are_in_confidence_too(article, kept, rosa, sami, mina, edith, work):
    objections = [Appeal.submit(Ruling.objects.get(), by=sami, words=WHY), an_appeal(article, rosa, mina)]
    comment = a_published(article, rosa, mina)
    report = a_report(comment, by=Guest("ines@example.org"))
    comment.keep(by=mina)
    objections.append(Appeal.submit(comment.ruling, by=Guest("ines@example.org"), report=report, words=WHY))
    for objection in objections:
        objection.let_stand(by=edith, reason="It stands.")
    work()
    answers = Delivery.objects.filter(key__startswith="comments.appealevent.")
    answers.update(in_confidence=False, error="The recipient was refused: 550 no such user")
    import_module("comments.migrations.0007_objections_in_confidence").hide_objectors(apps, None)
    assert {letter.to: (letter.in_confidence, letter.error) for letter in answers.all()} == {
        sami.email: (True, "The recipient was refused"),
        "ines@example.org": (True, "The recipient was refused"),
        rosa.email: (False, "The recipient was refused: 550 no such user"),
    }


@pytest.mark.parametrize("end", ["withdraw", "remove"])
def test_words_that_are_gone_are_not_read_by_objecting(end, kept, rosa, sami, mina, signed_in):
    comment = kept.case.comment
    comment.refresh_from_db()
    {
        "withdraw": lambda: comment.withdraw(by=rosa),
        "remove": lambda: comment.remove(by=mina, rule=a_rule(), reason="No."),
    }[end]()
    client = signed_in(sami)
    page = client.get(f"{kept.get_absolute_url()}appeal/")
    assert page.headers["Location"] == kept.get_absolute_url()
    answer = client.post(f"{kept.get_absolute_url()}appeal/", {"words": WHY})
    assert answer.status_code == 409
    assert WHY in answer.text


def test_a_later_decision_stands_when_an_earlier_one_is_reversed(article, rosa, mina, edith, maggie):
    appeal = an_appeal(article, rosa, mina)
    comment = appeal.ruling.comment
    comment.restore(by=edith, reason="We were quick.")
    comment.remove(by=maggie, rule=a_rule("privacy"), reason="It names a child.")
    appeal.reverse(by=edith, reason="The first reason was wrong.")
    comment.refresh_from_db()
    assert (appeal.status, comment.status) == ("reversed", "removed")


def test_what_is_typed_after_somebody_else_decided_comes_back(article, rosa, mina, edith, maggie, signed_in):
    appeal = an_appeal(article, rosa, mina)
    appeal.let_stand(by=edith, reason="It stands.")
    late = signed_in(maggie).post(desk_page(appeal, "reverse"), {"reason": "y" * 1001})
    assert late.status_code == 409
    assert "y" * 1001 in late.text
    again = signed_in(rosa).post(appeal.ruling.path_for(rosa), {"words": "z" * 2001})
    assert again.status_code == 409
    assert "z" * 2001 in again.text


def test_the_letters_say_where_to_object(article, rosa, sami, mina, kept, work):
    comment = a_removed(article, rosa, mina)
    work()
    told = {letter.subject: (letter.to, letter.body) for letter in mail.outbox}
    removed, stays = told["Your comment was removed"], told["Your report: comment stays"]
    assert (removed[0], stays[0]) == ([rosa.email], [sami.email])
    assert comment.ruling.path_for(rosa) in removed[1]
    assert f"{kept.get_absolute_url()}appeal/" in stays[1]


def test_it_waits_for_those_who_did_not_decide(article, rosa, mina, edith, signed_in):
    appeal = an_appeal(article, rosa, mina)
    assert desk_page(appeal) in signed_in(edith).get("/admin/").text
    assert desk_page(appeal) in signed_in(edith).get("/admin/comments/").text
    assert desk_page(appeal) not in signed_in(mina).get("/admin/").text
    page = signed_in(mina).get(desk_page(appeal)).text
    assert "You made this decision; somebody else looks at the objection." in page
    assert "Reverse the decision" not in page
    answer = signed_in(mina).post(desk_page(appeal, "let_stand"), {"reason": "I was right, I am sure."})
    assert answer.status_code == 409
    assert "I was right, I am sure." in answer.text
    appeal.refresh_from_db()
    assert appeal.status == "submitted"


@pytest.mark.parametrize(
    ("verb", "status", "fate"), [("reverse", "reversed", "published"), ("let_stand", "stands", "removed")]
)
def test_somebody_else_decides_and_says_why(verb, status, fate, article, rosa, mina, edith, signed_in, work):
    appeal = an_appeal(article, rosa, mina)
    client = signed_in(edith)
    assert "Give a reason." in client.post(desk_page(appeal, verb), {"reason": ""}).text
    client.post(desk_page(appeal, verb), {"reason": "We read it again."})
    appeal.refresh_from_db()
    assert (appeal.status, appeal.ruling.comment.status) == (status, fate)
    work()
    assert any("We read it again." in letter.body for letter in mail.outbox if letter.to == [rosa.email])
    assert "We read it again." in client.get(desk_page(appeal)).text
    late = client.post(desk_page(appeal, "reverse"), {"reason": "Once more."})
    assert late.status_code == 409
    assert "Once more." in late.text


def test_reversing_a_decision_to_keep_removes_by_a_rule(kept, sami, edith, signed_in):
    kept.case.refresh_from_db()
    appeal = Appeal.submit(kept.case.kept_by, by=sami, words=WHY)
    client = signed_in(edith)
    said = {"reason": "We overlooked a line."}
    assert "Choose the rule that this comment breaks." in client.post(desk_page(appeal, "reverse"), said).text
    client.post(desk_page(appeal, "reverse"), said | {"rule": a_rule().pk})
    appeal.refresh_from_db()
    assert (appeal.status, appeal.ruling.comment.status) == ("reversed", "removed")


def test_two_objections_can_both_be_right_where_one_took_the_sanction_along(article, rosa, mina, edith):
    comment = a_removed(article, rosa, mina)
    sanction = a_sanction(comment, by=mina)
    first, second = (Appeal.submit(ruling, by=rosa, words=WHY) for ruling in (comment.ruling, sanction.ruling))
    first.reverse(by=edith, reason="It is about the argument.")
    Appeal.objects.get(pk=second.pk).reverse(by=edith, reason="There was nothing to warn of.")
    assert set(Appeal.objects.values_list("status", flat=True)) == {"reversed"}
    assert [event.verb for event in sanction.events.all()] == ["warn", "reverse"]
