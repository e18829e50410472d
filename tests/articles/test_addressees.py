"""To whom a letter goes is asked when it leaves: people change their address, leave the desk, give a piece away."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Delivery
from articles.models import Submission
from forum.pages.models import SiteSettings
from tests import makers

DESK, SECRET = "desk@example.org", "A word in confidence."


@pytest.fixture(autouse=True)
def _desk(db):
    SiteSettings.objects.update_or_create(pk=1, defaults={"editor_email": DESK})


@pytest.fixture
def post(work):
    """Return the letters since the last call."""

    def letters():
        work()
        work()
        sent = list(mail.outbox)
        mail.outbox.clear()
        return sent

    return letters


@pytest.fixture
def dead_server(work, monkeypatch):
    """Write all letters that wait to be written, while nothing can be sent."""

    def write():
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
            work()
        Delivery.objects.send_again()

    return write


def refuse(self, messages):
    raise ConnectionRefusedError


def about(letters):
    """Return whom letters went to and the beginning of their subjects."""
    return sorted((letter.to[0], letter.subject.partition(" “")[0]) for letter in letters)


LEAVING = {"closed": lambda person: person.deactivate(), "without her role": lambda person: person.groups.clear()}


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
def test_who_has_left_the_desk_gets_no_private_letter_and_no_answers(leave, sami, edith, post):
    piece = makers.with_author(sami, edith)
    post()
    leave(edith)
    piece.write_editor(by=sami, letter=SECRET)
    piece.resubmit(by=sami)
    letters = post()
    waits = (DESK, "Something waits at the desk")
    assert about(letters) == [waits, waits, (sami.email, "Your changes to")]
    assert [letter.reply_to for letter in letters if letter.to == [sami.email]] == [[DESK]]
    why = Delivery.objects.exclude(dropped_at=None).values_list("to", "error")
    assert list(why) == [("", "She does not handle the piece any more.")] * 2


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
def test_what_waited_while_its_reader_left_goes_neither_to_her_nor_to_others(leave, sami, edith, post, dead_server):
    piece = makers.in_review(sami, edith)
    post()
    piece.write_editor(by=sami, letter=SECRET)
    dead_server()
    leave(edith)
    (letter,) = post()
    assert (letter.to, letter.reply_to) == ([DESK], [])
    said = letter.subject + letter.body
    assert [word in said for word in (SECRET, piece.title, sami.name)] == [False, False, False]
    assert f"/admin/submissions/{piece.code}/" in said


def test_where_the_desk_has_no_address_the_managing_editors_hear(sami, edith, maggie, post):
    SiteSettings.objects.update(editor_email="", contact_email="")
    piece = makers.in_review(sami, edith)
    post()
    edith.deactivate()
    piece.write_editor(by=sami, letter=SECRET)
    assert about(post()) == [(maggie.email, "Something waits at the desk")]


def test_what_waited_for_a_former_editor_becomes_a_word_to_the_new_one(sami, edith, eno, maggie, post, dead_server):
    piece = makers.in_review(sami, edith)
    post()
    piece.write_editor(by=sami, letter=SECRET)
    dead_server()
    piece.reassign(by=maggie, to=eno)
    letters = post()
    assert about(letters) == [
        (edith.email, "“A promise at night” is no longer yours to handle"),
        (eno.email, "Something waits at the desk"),
        (eno.email, "Yours to handle:"),
    ]


def test_a_letter_finds_its_reader_at_the_address_she_has_when_it_leaves(sami, edith, post, dead_server):
    makers.in_review(sami, edith)
    dead_server()
    for person, email in ((sami, "sami@new.example"), (edith, "edith@new.example")):
        person.email = email
        person.save(update_fields=["email"])
    assert [(letter.to, letter.reply_to) for letter in post()] == [(["sami@new.example"], ["edith@new.example"])] * 2


def test_a_closed_account_gets_no_letter_and_the_post_office_says_why(sami, edith, post):
    piece = makers.in_review(sami, edith)
    post()
    sami.deactivate()
    piece.decline(by=edith, letter="Not for us.")
    assert post() == []
    assert Delivery.objects.latest("pk").error == "The account is closed."


def test_an_editor_hears_that_a_piece_was_taken_from_her(sami, edith, eno, maggie, post):
    piece = makers.in_review(sami, edith)
    post()
    piece.reassign(by=maggie, to=eno)
    letters = {letter.to[0]: letter for letter in post()}
    assert set(letters) == {edith.email, eno.email}
    assert "Eno Editor handles “A promise at night” now." in letters[edith.email].body
    assert [letter.reply_to for letter in letters.values()] == [[maggie.email]] * 2
    Submission.objects.get().put_back(by=maggie)
    (letter,) = post()
    assert (letter.to, letter.reply_to) == ([eno.email], [maggie.email])
    assert "“A promise at night” is in the queue again" in letter.body


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
def test_no_answer_goes_to_a_managing_editor_who_has_left(leave, sami, edith, eno, maggie, post, dead_server):
    makers.in_review(sami, edith).reassign(by=maggie, to=eno)
    dead_server()
    leave(maggie)
    assert {letter.to[0]: letter.reply_to for letter in post() if letter.to != [sami.email]} == {
        edith.email: [DESK], eno.email: [DESK]
    }  # fmt: skip


def test_who_gives_a_piece_away_herself_hears_nothing_of_it(sami, maggie, eno, post):
    makers.in_review(sami, maggie).reassign(by=maggie, to=eno)
    makers.in_review(sami, eno).put_back(by=eno)
    assert about(letter for letter in post() if letter.to != [sami.email]) == [(eno.email, "Yours to handle:")]


def test_nobody_is_asked_to_answer_herself(sami, edith, maggie, post):
    piece = makers.a_submitted(sami)
    piece.assign(by=maggie, to=edith)
    piece.ask_for_changes(by=edith, letter="Please say who signed it.", due=timezone.now())
    piece.resubmit(by=sami)
    SiteSettings.objects.update(editor_email=edith.email)  # a desk of one
    piece.write_editor(by=sami, letter=SECRET)
    letters = post()
    assert [letter.reply_to for letter in letters if letter.to == [edith.email]] == [
        [maggie.email], [sami.email], [sami.email]
    ]  # fmt: skip
    edith.groups.clear()
    piece.write_editor(by=sami, letter="Another word in confidence.")
    assert [(letter.to, letter.reply_to) for letter in post()] == [([edith.email], [])]
