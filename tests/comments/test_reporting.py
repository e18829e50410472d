"""Report Abuse on a comment: two presses, a receipt, and an answer."""

import re

import pytest
from django.test import Client

from comments.models import CommentRevision, Report
from tests.comments.making import COMMENTS_IN, WORDS, a_published, a_report, a_rule


@pytest.fixture
def comment(article, rosa, mina):
    return a_published(article, rosa, mina)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]


def filled_in(client, comment, **said):
    """Return what the report form sends."""
    page = client.get(f"/comments/{comment.pk}/report/")
    fields = {name: hidden(page, name) for name in ("opened", "revision")}
    return fields | {"website": "", "reason": "attack", "words": "", "email": ""} | said


def report(client, comment, **said):
    return client.post(f"/comments/{comment.pk}/report/", filled_in(client, comment, **said))


def test_every_comment_has_its_report_link(comment, article, client):
    address = f"/comments/{comment.pk}/report/?revision={comment.current_id}"
    assert address in client.get(article.get_absolute_url()).text
    assert WORDS in client.get(address).text


def test_a_reader_without_an_account_gets_a_receipt(comment, client):
    answer = report(client, comment, words="Line two.", email="Ines@example.org")
    filed = Report.objects.get()
    assert (filed.reason, filed.words, filed.email, filed.revision) == (
        "attack",
        "Line two.",
        "ines@example.org",
        comment.current,
    )
    receipt = client.get(answer.headers["Location"])
    assert "We have your report" in receipt.text
    assert "ines@example.org" not in receipt.text
    assert "Line two." not in receipt.text


def test_a_member_reports_as_herself(comment, sami, signed_in):
    report(signed_in(sami), comment, email="somebody.else@example.org")
    filed = Report.objects.get()
    assert (filed.reporter, filed.email, filed.address) == (sami, "", sami.email)


def test_reporting_twice_gives_the_same_receipt(comment, client):
    first, second = report(client, comment), report(client, comment, reason="spam")
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1


def test_disagreeing_leads_to_an_answer_and_makes_no_report(comment, client):
    page = report(client, comment, reason="disagree")
    assert "?answers=1" in page.text
    assert "?answers=1&amp;ask=source" in page.text
    asked = client.get(f"{comment.discussion.article.get_absolute_url()}comments/?answers=1&ask=source")
    assert "Where does this come from?" in asked.text
    assert not Report.objects.exists()


def test_what_was_typed_into_a_report_goes_along_to_the_answer(comment, client):
    page = report(client, comment, reason="disagree", words="The treaty says otherwise.")
    address = re.search(r'href="([^"]*answers=1[^"]*text=[^"]*)"', page.text)[1]
    assert "The treaty says otherwise." in client.get(address.replace("&amp;", "&")).text


def test_a_reason_is_asked_for_and_the_words_come_back(comment, client):
    page = report(client, comment, reason="", words="I have thought about this.")
    assert "Choose what is wrong with it." in page.text
    assert "I have thought about this." in page.text
    assert not Report.objects.exists()


def test_reporting_needs_the_token(comment):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/comments/{comment.pk}/report/", {"reason": "attack"}).status_code == 403


def test_a_report_about_a_comment_that_changed_shows_both_wordings(comment, client):
    CommentRevision.objects.update(held_for="")
    said = filled_in(client, comment)
    new = CommentRevision.objects.create(comment=comment, number=2, text="Treaties rarely outlive anybody.")
    comment.record(current=new)
    page = client.post(f"/comments/{comment.pk}/report/", said)
    assert "has changed since you opened it" in page.text
    assert WORDS in page.text
    assert "Treaties rarely outlive anybody." in page.text
    assert not Report.objects.exists()
    client.post(f"/comments/{comment.pk}/report/", said | {"revision": hidden(page, "revision")})
    assert Report.objects.get().revision == new


def test_words_that_were_ruled_against_are_not_shown_to_reporters(comment, rosa, mina, client):
    seen = comment.current_id
    comment.ask_to_reword(by=mina, rule=a_rule("privacy"), reason="A telephone number.")
    comment.reword("The same without the number.", by=rosa)
    comment.approve(by=mina)
    page = client.get(f"/comments/{comment.pk}/report/?revision={seen}")
    assert "has changed since you opened it" in page.text
    assert WORDS not in page.text


@pytest.mark.parametrize("seen", ["0", "-1", "x", "9" * 30, "4611686018427387904"])
def test_a_wording_that_never_was_is_no_accident(seen, comment, client):
    assert client.get(f"/comments/{comment.pk}/report/", {"revision": seen}).status_code == 200
    said = filled_in(client, comment) | {"revision": seen}
    assert client.post(f"/comments/{comment.pk}/report/", said).status_code == 200


@pytest.mark.parametrize("state", [s for s in COMMENTS_IN if s not in ("published", "reported", "pending")])
def test_what_is_not_shown_cannot_be_reported(state, article, rosa, mina, client):
    hidden_one = COMMENTS_IN[state](article, rosa, mina)
    address = f"/comments/{hidden_one.pk}/report/"
    for page in (client.get(address), client.post(address, {"reason": "attack", "words": "It is foul."})):
        assert "not shown any more" in page.text
        assert WORDS not in page.text


def test_what_never_appeared_does_not_exist(article, rosa, client):
    pending = COMMENTS_IN["pending"](article, rosa, None)
    assert client.get(f"/comments/{pending.pk}/report/").status_code == 404


def test_what_was_kept_is_not_read_again_for_the_same_reason(comment, client, mina):
    a_report(comment)
    comment.keep(by=mina)
    page = report(client, comment, words="But look at it again.")
    assert page.status_code == 409
    assert "it stays" in page.text
    assert "But look at it again." in page.text


def test_too_many_reports_are_told_when_to_try_again(article, rosa, mina, client, settings):
    settings.THROTTLES = settings.THROTTLES | {"report": (1, 60)}
    report(client, a_published(article, rosa, mina, "The first of two."))
    assert report(client, a_published(article, rosa, mina, "The second of two.")).status_code == 429


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (lambda c, m: c.remove(by=m, rule=a_rule(), reason="Yes."), "Comment removed"),
        (lambda c, m: c.mark_spam(by=m, rule=a_rule("spam")), "Comment removed"),
        (lambda c, m: c.keep(by=m), "Comment stays"),
        (lambda c, m: c.withdraw(by=c.author), "withdrawn by its writer"),
        (lambda c, m: c.hide(by=m, rule=a_rule(), reason="We look."), "We have your report"),
    ],
    ids=["removed", "spam", "kept", "withdrawn", "hidden"],
)
def test_the_receipt_says_how_it_stands(decision, words, comment, client, mina):
    receipt = a_report(comment).get_absolute_url()
    decision(comment, mina)
    assert words in client.get(receipt).text


def test_a_receipt_nobody_was_given_does_not_exist(client, db):
    assert client.get("/reports/nothing/").status_code == 404


def test_the_words_of_a_hidden_comment_are_not_on_the_receipt(comment, mina, client):
    receipt = a_report(comment).get_absolute_url()
    comment.hide(by=mina, rule=a_rule(), reason="We look.")
    assert WORDS not in client.get(receipt).text
