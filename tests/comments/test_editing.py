"""Editing one's own comment: for a quarter of an hour, and not once somebody relied on its words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import Comment, Trust
from forum.lib.moves import IllegalMove, Refused
from tests.comments.making import WORDS, a_comment, a_published, a_report, a_rule, a_sanction

NEW = "Treaties outlive nobody; people keep them or do not."


@pytest.fixture
def comment(article, rosa, mina):
    """A comment by Rosa, who is trusted, that nobody has read for the editors."""
    Trust.give(rosa, by=mina)
    return a_comment(article, rosa)


def edit_page(comment):
    return f"/comments/{comment.pk}/edit/"


def test_the_writer_edits_and_readers_see_that_and_what(comment, rosa, article, signed_in, client):
    browser = signed_in(rosa)
    assert edit_page(comment) in browser.get(article.get_absolute_url()).text
    browser.post(edit_page(comment), {"text": NEW, "seen": comment.turn})
    comment.refresh_from_db()
    assert (comment.current.text, comment.number, comment.status) == (NEW, 1, "published")
    client.logout()
    page = client.get(article.get_absolute_url()).text
    assert f"/comments/{comment.pk}/changes/" in page
    assert WORDS not in page
    changes = client.get(f"/comments/{comment.pk}/changes/").text
    assert "<ins>" in changes
    assert "<del>" in changes


def test_the_same_words_change_nothing(comment, rosa, signed_in):
    signed_in(rosa).post(edit_page(comment), {"text": WORDS, "seen": comment.turn})
    assert comment.revisions.count() == 1


def test_after_a_quarter_of_an_hour_the_words_stay(comment, rosa, signed_in):
    Comment.objects.update(written_at=timezone.now() - timedelta(minutes=15, seconds=1))
    browser = signed_in(rosa)
    assert browser.get(edit_page(comment)).headers["Location"] == "/comments/mine/"
    answer = browser.post(edit_page(comment), {"text": NEW, "seen": comment.turn})
    assert answer.status_code == 409
    assert NEW in answer.text
    assert comment.revisions.count() == 1


@pytest.mark.parametrize("what", ["answered", "reported", "decided"])
def test_what_somebody_relied_on_stays_as_it_was(what, comment, article, rosa, sami, mina, signed_in):
    happens = {
        "answered": lambda: comment.discussion.post(by=sami, text=NEW, key=comment.key, answers=comment),
        "reported": lambda: a_report(comment),
        "decided": lambda: comment.hide(by=mina, rule=a_rule()) or comment.restore(by=mina),
    }
    happens[what]()
    comment.refresh_from_db()
    with pytest.raises(Refused, match="so its words stay"):
        comment.edit(NEW, by=rosa)
    page = signed_in(rosa).get(edit_page(comment)).text
    assert "so its words stay" in page
    answer = signed_in(rosa).post(edit_page(comment), {"text": NEW, "seen": comment.turn})
    assert answer.status_code == 409
    assert NEW in answer.text


def test_an_approved_comment_stays_as_the_editors_read_it(article, rosa, mina):
    comment = a_published(article, rosa, mina)
    with pytest.raises(Refused, match="have read this comment"):
        comment.edit(NEW, by=rosa)


def test_two_windows_do_not_overwrite_each_other(comment, rosa, signed_in):
    seen, browser = comment.turn, signed_in(rosa)
    browser.post(edit_page(comment), {"text": NEW, "seen": seen})
    late = browser.post(edit_page(comment), {"text": "What the other window says.", "seen": seen})
    assert late.status_code == 409
    assert "What the other window says." in late.text
    with pytest.raises(IllegalMove):
        Comment.objects.get(pk=comment.pk).edit("Again, otherwise.", by=rosa, seen=seen)


def test_nobody_edits_for_somebody_else(comment, sami, mina, signed_in):
    for person in (sami, mina):
        assert signed_in(person).post(edit_page(comment), {"text": NEW, "seen": 1}).status_code == 404


def test_what_would_have_waited_as_a_new_comment_waits_when_it_is_edited_in(comment, article, rosa, client):
    linked = f"{NEW} https://a.example https://b.example https://c.example"
    comment.edit(linked, by=rosa)
    assert (comment.status, comment.number, comment.current.held_for) == ("pending", 1, "links")
    page = client.get(article.get_absolute_url()).text
    assert NEW not in page
    assert WORDS not in page
    assert "Hidden while its writer and the editors look at it." in page


def test_words_nobody_saw_are_not_among_what_was_edited(comment, article, rosa, sami, mina, client):
    waiting = a_comment(article, sami, "A first thought, not read by anybody.")
    waiting.edit("A second thought, kinder.", by=sami)
    assert waiting.status == "pending"
    waiting.approve(by=mina)
    page = client.get(f"/comments/{waiting.pk}/changes/").text
    assert "A second thought, kinder." in page
    assert "A first thought" not in page
    first = waiting.revisions.first().pk
    assert "A first thought" not in client.get(f"/comments/{waiting.pk}/report/?revision={first}").text


def test_whoever_may_not_write_may_not_edit_either(comment, article, rosa, mina):
    a_sanction(a_comment(article, rosa, "Something else was said here."), mina, level="pause")
    with pytest.raises(Refused, match="you cannot write comments"):
        comment.edit(NEW, by=rosa)


def test_a_comment_that_was_not_edited_has_no_page_of_changes(comment, mina, client):
    assert client.get(f"/comments/{comment.pk}/changes/").status_code == 404
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert client.get(f"/comments/{comment.pk}/changes/").status_code == 404


def test_its_writer_reads_before_she_presses_what_readers_will_see_of_it(
    comment, article, rosa, sami, signed_in, client
):
    waiting = a_comment(article, sami, "A first thought, not read by anybody.")
    shown, unseen = [
        {verb: signed_in(by).get(f"/comments/{of.pk}/{verb}/").text for verb in ("edit", "withdraw")}
        for of, by in [(comment, rosa), (waiting, sami)]
    ]
    assert "Readers see that it was edited, and what changed." in shown["edit"]
    assert "A line saying that you withdrew it stays in its place" in shown["withdraw"]
    assert "and nothing of what stood here before" in unseen["edit"]
    assert "No reader has seen it, and nothing of it stays under the piece." in unseen["withdraw"]
    waiting.withdraw(by=sami)
    assert "Withdrawn by its writer" not in client.get(article.get_absolute_url()).text
