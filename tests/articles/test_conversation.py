"""Messages between an author and the desk: they move nothing, reach the right person, and wait until read."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from accounts.models import Delivery
from accounts.postman import send_due
from articles.admin.waiting import submissions
from articles.models import Conflict, Letter, Message, Submission
from forum.lib.moves import Guest, IllegalMove, Refused
from forum.pages.models import SiteSettings
from tests import makers
from tests.opened import as_now


@pytest.fixture
def last(work):
    """Return the last mail to somebody."""

    def to(address):
        work()
        return next((letter for letter in reversed(mail.outbox) if letter.to == [address]), None)

    return to


def waiting(user):
    """Return what kinds of row stand on somebody's list."""
    return [row.kind for row in submissions(user)[0].rows]


def test_a_message_moves_nothing_and_makes_no_open_form_stale(sami, edith):
    piece = makers.with_author(sami, edith)
    before = Submission.objects.filter(pk=piece.pk).values().get()
    opened = {name: Submission.objects.get(pk=piece.pk) for name in ("extend", "reassign")}
    piece.write_editor(by=sami, letter="May I have a table?")
    piece.write_author(by=edith, letter="You may.")
    assert Submission.objects.filter(pk=piece.pk).values().get() == before
    opened["extend"].extend(by=sami, seen=before["turn"])
    with pytest.raises(IllegalMove), opened["reassign"].as_seen(before["turn"], "reassign"):
        pytest.fail("a move that does change something makes it stale")
    assert [event.verb for event in piece.events.all()][-3:] == ["write_editor", "write_author", "extend"]


def test_what_an_editor_leaves_behind_waits_for_the_managing_editors(sami, edith, eno, maggie):
    makers.with_author(sami, edith).write_editor(by=sami, letter="May I?")
    makers.in_review(sami, edith)
    assert (waiting(maggie), waiting(eno)) == ([], [])
    edith.groups.clear()
    assert (waiting(maggie), waiting(eno)) == (["In review", "A message from the author"], [])


def test_a_message_waits_for_the_handling_editor_until_it_is_read_or_answered(sami, edith, eno):
    piece = makers.with_author(sami, edith)
    for answered in (
        lambda: piece.write_author(by=edith, letter="Yes."),
        lambda: Letter.read(piece, by=edith),
    ):
        piece.write_editor(by=sami, letter="May I?")
        assert (waiting(edith), waiting(eno)) == (["A message from the author"], [])
        answered()
        assert waiting(edith) == []
    new = makers.a_submitted(sami)
    new.write_editor(by=sami, letter="I forgot a comma.")
    assert waiting(eno) == ["New submission", "A message from the author"]
    Conflict.declare(new, by=eno)
    assert waiting(eno) == []
    with pytest.raises(PermissionDenied):
        Letter.read(piece, by=eno)
    with pytest.raises(Refused):
        new.write_author(by=eno, letter="I am too close.")


def test_answers_by_mail_reach_whoever_handles_the_piece_when_it_leaves(sami, edith, eno, maggie, last):
    SiteSettings.objects.update_or_create(pk=1, defaults={"editor_email": "desk@example.org"})
    piece = makers.a_submitted(sami)
    piece.write_author(by=eno, letter="We have it.")
    assert last(sami.email).reply_to == ["desk@example.org"]
    piece.write_editor(by=sami, letter="A word in confidence.")
    assert "confidence" not in f"{last('desk@example.org').body}"
    piece.take_up(by=edith)
    piece.write_editor(by=sami, letter="Thank you.")
    letter = last(edith.email)
    assert ("Thank you." in letter.body, letter.reply_to) == (True, [sami.email])
    piece.write_author(by=maggie, letter="Soon.")
    assert last(sami.email).reply_to == [edith.email]
    Delivery.objects.update(sent_at=None, claimed_at=None)  # as if the post had been down for an hour
    mail.outbox.clear()
    piece.reassign(by=maggie, to=eno)
    send_due()
    told = [letter.reply_to for letter in mail.outbox if letter.to == [sami.email]]
    assert (len(told), {*map(tuple, told)}) == (4, {(eno.email,)})


def test_both_sides_read_the_whole_conversation(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    piece.write_editor(by=sami, letter="May I <i>ask</i>?\n\nTwo things.")
    desk = signed_in(edith).get(f"/admin/submissions/{piece.code}/").content.decode()
    assert "<p>May I &lt;i&gt;ask&lt;/i&gt;?</p><p>Two things.</p>" in desk
    said = {"letter": "Do.", **as_now(piece)}
    assert signed_in(edith).post(f"/admin/submissions/{piece.code}/write_author/", said).status_code == 302
    page = signed_in(sami).get(piece.get_absolute_url()).content.decode()
    assert ("May I &lt;i&gt;ask" in page, "<p>Do.</p>" in page, edith.name in page) == (True, True, False)
    assert "The editors wrote to the author." in page


def test_an_author_writes_often_but_not_without_end_and_keeps_her_words(sami, edith, signed_in, settings):
    settings.THROTTLES = {**settings.THROTTLES, "author_message": (1, 60)}
    piece = makers.in_review(sami, edith)
    url = f"{piece.get_absolute_url()}write_editor/"
    assert signed_in(sami).post(url, {"letter": "One."}).status_code == 302
    refused = signed_in(sami).post(url, {"letter": "Another question that took me long."})
    assert refused.status_code == 429
    assert "Another question that took me long." in refused.content.decode()


def test_a_message_that_came_while_an_answer_was_written_waits_on(sami, edith, signed_in):
    piece = makers.with_author(sami, edith)
    desk, page = signed_in(edith), f"/admin{piece.get_absolute_url()}"
    piece.write_editor(by=sami, letter="May I?")
    form = desk.get(f"{page}write_author/").context["form"]
    seen = {"letter": "You may.", "heard": form["heard"].value(), **as_now(piece)}
    piece.write_editor(by=sami, letter="Stop: the facts are wrong.")
    desk.post(f"{page}write_author/", seen)
    assert [letter.text for letter in piece.letters.unread()] == ["Stop: the facts are wrong."]
    assert waiting(edith) == ["A message from the author"]
    last = piece.letters.unread().get()
    desk.post(f"{page}read_messages/", {"heard": last.pk - 1})
    desk.post(f"{page}read_messages/", {"heard": "nonsense"})
    assert waiting(edith) == ["A message from the author"]
    desk.post(f"{page}read_messages/", {"heard": last.pk})
    assert waiting(edith) == []


def test_a_letter_is_not_lost_where_somebody_else_was_first(sami, edith, eno, signed_in):
    piece = makers.a_submitted(sami)
    piece.take_up(by=eno)
    said = {"letter": "A long and kind letter.", "step": "template", "template": ""}
    answer = signed_in(edith).post(f"/admin{piece.get_absolute_url()}decline/", said)
    assert answer.status_code == 403 or "A long and kind letter." in answer.text
    assert "A long and kind letter." in answer.text


def test_what_readers_say_of_a_piece_is_not_for_whoever_is_too_close_to_it(article, sami, edith, eno):
    message = Message.send(by=Guest(), kind="correction", text="The year is wrong.", article=article)
    Conflict.declare(article.submission, by=eno, reason="My brother.")
    assert list(Message.objects.on_desk(edith)) == [message]
    for close in (eno, sami):
        assert not Message.objects.on_desk(close).exists()
    with pytest.raises(Refused):
        message.close(by=eno)
