"""A button of the desk counts for what its page showed: who pressed after somebody else moved it is told of that."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles.models import Article, Letter
from articles.signing import digest_of
from tests import makers
from tests.opened import opened
from tests.opened import said as opened_form

pytestmark = pytest.mark.django_db

WHY = {"strength": "It is clear.", "improve": "Say who.", "invited": "no"}
NO = {"letter": "Dear Sami, no. {strength} {improve}", **WHY}
NOW = {"when": "now", "shown": "now"}


def now(thing):
    return type(thing).objects.get(pk=thing.pk)


def another_round(piece, cast):
    now(piece).ask_for_changes(by=cast["edith"], letter="Who?", due=timezone.now() + timedelta(days=3))
    now(piece).resubmit(by=cast["sami"])


def another_proof(piece, cast):
    now(piece).unlock(by=cast["edith"])
    piece = now(piece)
    piece.write(by=cast["edith"], version=piece.version, title="A promise by day")
    piece.send_proof(by=cast["edith"])
    now(piece).sign_off(by=cast["sami"], digest=digest_of(now(piece)))


def an_acceptance(piece, cast):
    now(piece).accept(by=cast["edith"], letter="Yes.")
    now(piece).revoke(by=cast["maggie"], letter="After all, no.")
    now(piece).reconsider(by=cast["maggie"])


PIECES = {
    "decline": ("in_review", "edith", NO, another_round, "sent a new revision"),
    "accept": ("in_review", "edith", {"letter": "Yes."}, another_round, "sent a new revision"),
    "put_back": ("in_review", "edith", {}, an_acceptance, "took the piece up again"),
    "publish": ("ready", "maggie", NOW, another_proof, "approved this exact text"),
    "unlock": ("ready", "edith", {}, another_proof, "approved this exact text"),
}


def pressed(browser, address, said, happens):
    """Open a form, let something happen, then send it; returns the answer."""
    form = opened(browser, address)
    happens()
    return browser.post(address, {**form, **said})


@pytest.mark.parametrize("verb", PIECES)
def test_what_came_back_to_the_same_state_meanwhile_is_looked_at_first(verb, cast, signed_in):
    state, person, said, happens, done = PIECES[verb]
    makers_of = {"in_review": makers.in_review, "ready": makers.a_ready}
    piece = makers_of[state](cast["sami"], cast["edith"])
    address, browser = reverse(f"admin:submission_{verb}", args=[piece.code]), signed_in(cast[person])
    late = pressed(browser, address, said, lambda: happens(piece, cast))
    assert (late.status_code, now(piece).status) == (409, state)
    assert done in late.text
    assert said.get("letter", "") in late.text
    assert not Article.objects.exists()
    again = browser.post(address, {**opened(browser, address), **said})
    assert (again.status_code, now(piece).status == state) == (302, False)


def removed(article, cast):
    now(article).remove(by=cast["maggie"], notice="A court has asked for it.")


def corrected(article, cast):
    now(article).amend(by=cast["eno"], change="correction", note="The year.", title="A promise in April")


ARTICLES = {
    "restore": ("retracted", {"note": ""}, removed, "removed the piece"),
    "remove": ("published", {"notice": "Wrong."}, corrected, "changed the text"),
    "retract": ("published", {"notice": "Wrong."}, corrected, "changed the text"),
}


@pytest.mark.parametrize("verb", ARTICLES)
def test_what_readers_see_is_not_decided_over_a_move_nobody_saw(verb, article, cast, signed_in):
    state, said, happens, done = ARTICLES[verb]
    if state == "retracted":
        article.retract(by=cast["maggie"], notice="Wrong.")
    address = reverse(f"admin:article_{verb}", args=[article.pk])
    late = pressed(signed_in(cast["maggie"]), address, said, lambda: happens(article, cast))
    assert late.status_code == 409
    assert done in late.text
    assert now(article).events.last().verb in ("remove", "amend")


def test_an_author_hears_that_her_piece_was_accepted_before_she_withdraws_it(cast, signed_in):
    piece = makers.in_review(cast["sami"], cast["edith"])
    address, browser = reverse("submission_withdraw", args=[piece.code]), signed_in(cast["sami"])
    said = {"note": "It takes too long."}
    late = pressed(browser, address, said, lambda: now(piece).accept(by=cast["edith"], letter="Yes."))
    assert (late.status_code, now(piece).status) == (409, "accepted")
    assert "accepted the piece" in late.text
    assert "It takes too long." in late.text
    assert browser.post(address, {**opened(browser, address), **said}).status_code == 302
    assert now(piece).status == "withdrawn"


@pytest.mark.parametrize("turn", ["", "²", "-1", "9" * 40, "0", None])
def test_a_turn_that_is_missing_or_garbled_is_none_that_was_seen(turn, sami, edith, maggie, signed_in):
    piece = makers.a_ready(sami, edith)
    said = {**NOW, **({} if turn is None else {"seen": turn})}
    late = signed_in(maggie).post(reverse("admin:submission_publish", args=[piece.code]), said)
    assert (late.status_code, now(piece).status) == (409, "ready")


def test_a_button_on_the_page_of_a_piece_counts_for_that_page(cast, signed_in):
    piece = makers.a_ready(cast["sami"], cast["edith"])
    browser = signed_in(cast["edith"])
    page, address = (reverse(f"admin:submission{verb}", args=[piece.code]) for verb in ("", "_unlock"))
    form = opened_at(browser, page, address)
    another_proof(piece, cast)
    assert browser.post(address, form).status_code == 409
    assert browser.post(address, opened_at(browser, page, address)).status_code == 302
    assert now(piece).status == "accepted"


def opened_at(browser, page, address):
    """Return what the form that leads to `address` sends from this page."""
    forms = html.fromstring(browser.get(page).content).forms
    return opened_form(next(form for form in forms if form.action == address))


def test_a_letter_that_was_kept_counts_for_the_piece_as_it_is_when_it_is_opened_again(cast, signed_in):
    piece = makers.in_review(cast["sami"], cast["edith"])
    browser, address = signed_in(cast["edith"]), reverse("admin:submission_accept", args=[piece.code])
    form = opened(browser, address) | {"letter": "Dear Sami, yes."}
    browser.post(reverse("admin:keep"), {**form, "place": address})
    another_round(piece, cast)
    assert browser.post(address, form).status_code == 409
    again = opened(browser, address)
    assert again["letter"] == ["Dear Sami, yes."]
    assert browser.post(address, again).status_code == 302
    assert Letter.objects.filter(submission=piece, verb="accept").get().text == "Dear Sami, yes."
