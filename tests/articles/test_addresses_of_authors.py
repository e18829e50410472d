"""Where letters and answers go where one person is several: author and editor, author and desk, guest and member."""

import re

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Delivery, User
from articles.models import Conflict, Submission
from forum.lib.moves import CLOCK
from forum.pages.models import SiteSettings
from tests import makers
from tests.articles.test_addressees import DESK, SECRET, _desk, about, dead_server, post
from tests.articles.test_co_authors import NINA, brought_to
from tests.articles.test_links import let_in, page

__all__ = ["_desk", "dead_server", "post"]  # fixtures
WAITS = "Something waits at the desk"


def proves(person, address):
    """Let somebody prove a second address."""
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=False)


def asked_of_gil(sami, edith, maggie):
    """Return a piece to which both editors are too close, so that a guest is asked."""
    piece = makers.a_submitted(sami)
    for editor in (edith, maggie):
        Conflict.declare(piece, by=editor)
    piece.ask_guest(by=maggie, name="Gil Guest", email="gil@example.net")
    return piece


@pytest.fixture
def sami_is_the_desk(sami):
    """The desk has one address, and it is Sami's too: as his own, or as a second one that he has proven."""
    proves(sami, DESK)
    return sami


def test_what_an_author_writes_never_comes_back_to_him_as_the_desk(sami_is_the_desk, maggie, post):
    piece = makers.a_submitted(sami_is_the_desk)
    assert [letter.reply_to for letter in post()] == [[]]
    piece.write_editor(by=sami_is_the_desk, letter=SECRET)
    assert about(post()) == [(maggie.email, "A message from the author of a new piece")]


def test_no_answer_of_a_co_author_goes_to_the_first_author(sami_is_the_desk, edith, maggie, post):
    piece = brought_to("in_review", sami_is_the_desk, edith, maggie)
    post()
    edith.groups.clear()
    piece.withdraw(by=sami_is_the_desk)
    letters = post()
    assert about(letters) == [(maggie.email, WAITS), (NINA, "“What the harbour owes” is withdrawn"), (
        sami_is_the_desk.email, "“What the harbour owes” is withdrawn")]  # fmt: skip
    assert [letter.reply_to for letter in letters] == [[], [], []]


def test_the_address_for_readers_answers_where_the_editors_own_is_an_authors(sami_is_the_desk, post):
    SiteSettings.objects.update(contact_email="readers@example.org")
    makers.a_submitted(sami_is_the_desk)
    assert [letter.reply_to for letter in post()] == [["readers@example.org"]]


def test_nobody_answers_herself_by_her_second_address(sami, edith, eno, maggie, post):
    proves(eno, DESK)
    piece = makers.in_review(sami, edith)
    piece.reassign(by=maggie, to=eno)
    maggie.deactivate()
    letters = {letter.to[0]: letter.reply_to for letter in post()}
    assert (letters[eno.email], letters[edith.email]) == ([], [DESK])


def test_who_left_before_her_letter_was_even_written_is_not_answered(sami, edith, eno, maggie, post):
    makers.in_review(sami, edith).reassign(by=maggie, to=eno)
    maggie.groups.clear()
    assert {letter.to[0]: letter.reply_to for letter in post() if letter.to != [sami.email]} == {
        edith.email: [DESK], eno.email: [DESK]
    }  # fmt: skip


def test_an_editor_who_writes_is_answered_as_an_author_also_when_she_has_left_the_desk(eno, edith, post):
    piece = makers.in_review(eno, edith)
    post()
    piece.write_editor(by=eno, letter=SECRET)
    eno.groups.clear()
    (letter,) = post()
    assert (letter.to, letter.reply_to) == ([edith.email], [eno.email])


def test_who_arranged_what_could_not_be_published_and_left_is_replaced_by_the_editor(
    sami, edith, maggie, post, dead_server
):
    other = makers.a_person("Max Manager", groups=["managing editor"])
    piece = makers.a_ready(sami, edith)
    post()
    piece.hold_back(by=CLOCK, note="A picture is still being prepared.", to=other)
    dead_server()
    other.groups.clear()
    assert about(post()) == [(edith.email, WAITS)]
    assert Delivery.objects.exclude(dropped_at=None).get().error == "She may not publish this piece any more."


def test_a_guest_hears_at_her_own_link_that_something_waits(sami, edith, maggie, ada, post, dead_server):
    piece = asked_of_gil(sami, edith, maggie)
    post()
    piece.write_editor(by=sami, letter=SECRET)
    dead_server()
    Submission.objects.get().ask_guest(by=ada, name="Gus Guest", email="gus@example.net")
    letter = next(letter for letter in post() if letter.subject == WAITS)
    assert letter.to == ["gus@example.net"]
    (path,) = re.findall(r"https?://[^/]+(/submissions/\S+/link/\S+/)", letter.body)
    assert let_in(path).get(page(piece, "read/")).status_code == 200


def test_what_waits_for_somebody_invited_finds_her_account(sami, edith, rosa, maggie, post, dead_server):
    piece = brought_to("in_review", sami, edith, maggie)
    nina = User.objects.get(email=NINA)
    post()
    piece.refuse(by=nina, note="I never met him.")
    dead_server()
    rosa.take_over(nina)
    (letter,) = post()
    assert (letter.to, letter.reply_to) == ([edith.email], [rosa.email])


def test_what_waits_for_a_guest_finds_her_account(sami, edith, maggie, rosa, post, dead_server):
    piece = asked_of_gil(sami, edith, maggie)
    post()
    piece.write_editor(by=sami, letter=SECRET)
    dead_server()
    rosa.take_over(piece.guest)
    (letter,) = post()
    assert (letter.to, letter.subject) == ([rosa.email], "News of “A promise at night”")
