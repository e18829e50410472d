"""Letters: begun from templates, shown before they leave, and sent to the letter as they were shown."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Delivery
from articles.models import Kept, LetterTemplate, Submission
from forum.lib.mail import compose
from tests import makers
from tests.opened import as_now

MAKE = {
    "ask_for_changes": makers.in_review,
    "accept": makers.in_review,
    "decline": makers.in_review,
    "revoke": makers.an_accepted,
    "write_author": makers.with_author,
}
WHY = {"strength": "It is clear & <short>.", "improve": "Name who signed.\n\nAnd when.", "invited": "yes"}
DUE = f"{timezone.localdate() + timedelta(days=9)}"
SAID = {
    "ask_for_changes": {
        "letter": "Dear Sami,\n\nplease “look” again.", "due": DUE, "point_1": "Who?", "weight_1": "must",
    },
    "accept": {"letter": "Dear Sami, yes.\r\n\r\nEdith"},
    "decline": {"letter": "Dear Sami,\n\n{strength} But: {improve}\n\nEdith", **WHY},
    "write_author": {"letter": "Dear Sami,\n\ntake your time."},
    "revoke": {"letter": "Dear Sami, we erred.\n\n> a quotation\n\n  Maggie"},
}


@pytest.fixture
def press(signed_in):
    """Press a decision about a piece, as somebody, with what she typed."""

    def go(person, piece, verb, **said):
        return signed_in(person).post(f"/admin/submissions/{piece.code}/{verb}/", {**as_now(piece), **said})

    return go


def parts(page):
    """Return what a preview shows of a mail."""
    found = re.findall(r'data-mail="(\w+)"[^>]*>(.*?)</(?:dd|pre)>', page.content.decode(), re.DOTALL)
    return {name: unescape(words) for name, words in found}


@pytest.mark.parametrize("verb", MAKE)
def test_a_letter_that_was_written_with_its_decision_is_not_composed_again(
    verb, press, sami, edith, maggie, work, monkeypatch
):
    piece, who = MAKE[verb](sami, edith), maggie if verb == "revoke" else edith
    work()
    composed = []

    def noting(template, *said, **more):
        composed.append(template)
        return compose(template, *said, **more)

    monkeypatch.setattr("accounts.mail.compose", noting)
    press(who, piece, verb, **SAID[verb])
    work()
    assert composed.count(f"articles/{verb}") == 1


@pytest.mark.parametrize("verb", MAKE)
def test_what_the_preview_shows_is_sent_byte_for_byte(verb, press, sami, edith, maggie, work, settings):
    piece, who = MAKE[verb](sami, edith), maggie if verb == "revoke" else edith
    work()
    before, mails = Submission.objects.filter(pk=piece.pk).values().get(), len(mail.outbox)
    page = press(who, piece, verb, step="preview", **SAID[verb])
    assert Submission.objects.filter(pk=piece.pk).values().get() == before  # nothing has happened yet
    assert not piece.letters.filter(verb=verb, text__contains="erred").exists()
    sent = {field.name: field.text for field in page.context["sent"]}
    assert press(who, piece, verb, **sent, previewed=page.context["digest"]).status_code == 302
    settings.SITE_URL = "https://elsewhere.example"  # what was posted stays, whatever changes before it leaves
    work()
    (letter,) = [letter for letter in mail.outbox[mails:] if letter.to == [sami.email]]
    shown = {"subject": letter.subject, "text": letter.body, "reply_to": letter.reply_to[0]}
    assert parts(page) == shown


def test_a_mail_that_would_no_longer_be_the_one_shown_is_not_sent(press, sami, edith, maggie, eno):
    piece = makers.an_accepted(sami, edith)
    digest = press(maggie, piece, "revoke", step="preview", **SAID["revoke"]).context["digest"]
    piece.reassign(by=maggie, to=eno)  # answers would reach somebody else
    page = press(maggie, piece, "revoke", previewed=digest, **SAID["revoke"])
    assert page.status_code == 409
    assert "no longer the one you were shown" in page.content.decode()
    assert "Dear Sami, we erred." in page.content.decode()
    piece.refresh_from_db()
    assert (piece.status, piece.letters.filter(verb="revoke").count()) == ("accepted", 0)
    assert not Delivery.objects.filter(subject__contains="after all").exists()


def test_a_decline_says_a_strength_what_to_improve_and_whether_to_try_again(press, sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    letter = signed_in(edith).get(f"/admin/submissions/{piece.code}/decline/").context["form"].initial
    refused = press(edith, piece, "decline", **letter).context["form"]
    assert set(refused.errors) == {"strength", "improve", "invited"}
    press(edith, piece, "decline", **letter, **WHY)
    kept = piece.letters.get()
    assert (kept.invited, kept.reason) == (True, "")
    assert "What we liked: It is clear & <short>.\n\nWhat would make it stronger: Name who signed." in kept.text
    assert "You are invited to send us a new version" in kept.text
    assert "{" not in kept.text
    page = signed_in(sami).get(piece.get_absolute_url()).content.decode()
    assert "The editors invite a new version of this piece." in page


def test_words_that_the_letter_has_no_place_for_stand_at_its_end(press, sami, edith):
    piece = makers.in_review(sami, edith)
    press(edith, piece, "decline", letter="Dear Sami, no. {who}", template="", **{**WHY, "strength": "{improve}"})
    assert piece.letters.get().text.startswith("Dear Sami, no. {who}\n\nWhat we liked: {improve}\n\nWhat would make")


def test_another_template_begins_the_letter_anew_and_keeps_what_was_typed(press, sami, edith):
    piece = makers.in_review(sami, edith)
    first, news = (LetterTemplate.objects.get(name=name) for name in ("Considered decline", "News report, not opinion"))
    untouched = first.begin(piece, by=edith)
    begun = press(edith, piece, "decline", step="template", template=news.pk, letter=untouched, strength="Clear.")
    assert begun.context["form"]["letter"].value() == news.begin(piece, by=edith)
    assert begun.context["form"]["strength"].value() == "Clear."
    assert {field.name for field in begun.context["form"].plain} >= {"strength", "improve", "invited"}
    typed = press(edith, piece, "decline", step="template", template=news.pk, letter="An hour of work.")
    assert typed.context["form"]["letter"].value() == f"{news.begin(piece, by=edith)}\n\nAn hour of work."
    press(edith, piece, "decline", template=news.pk, letter=untouched, **WHY)
    assert piece.letters.get().reason == "news_report"


def test_a_gap_in_a_letter_is_filled_before_it_leaves(press, sami, edith, maggie):
    piece = makers.an_accepted(sami, edith)
    letter = LetterTemplate.objects.get(verb="revoke").begin(piece, by=maggie)
    assert "Fill the gap first" in press(maggie, piece, "revoke", letter=letter).content.decode()


def off_scope_link(page):
    return re.search(r'href="(/admin/submissions/[^"]+/decline/\?template=\d+)"', page.text)[1]


def test_what_is_not_our_subject_is_declined_with_its_letter_shown_first(press, sami, edith, signed_in, work):
    piece = makers.a_submitted(sami)
    work()
    mails, browser = len(mail.outbox), signed_in(edith)
    link = off_scope_link(browser.get("/admin/submissions/"))
    assert link == off_scope_link(browser.get(f"/admin/submissions/{piece.code}/"))
    shown = browser.get(link).context["form"]
    work()
    piece.refresh_from_db()
    assert (piece.status, len(mail.outbox)) == ("submitted", mails)
    begun = {field.name: field.value() for field in shown.plain}
    assert set(begun) == {"template", "letter", "heard", "seen"}
    assert browser.post(link, begun).status_code == 302
    letter = piece.letters.get()
    stock = LetterTemplate.objects.off_scope().get().begin(piece, by=edith)
    assert (letter.reason, letter.by, letter.text) == ("off_scope", edith, stock)
    assert "off_scope" not in signed_in(sami).get(piece.get_absolute_url()).text
    assert press(edith, piece, "decline", **begun).status_code == 409


def test_a_letter_kept_for_the_piece_comes_back_under_every_template(sami, edith, signed_in):
    piece = makers.a_submitted(sami)
    browser, place = signed_in(edith), f"/admin/submissions/{piece.code}/decline/"
    link = off_scope_link(browser.get("/admin/submissions/"))
    Kept.keep(by=edith, place=place, said={"letter": ["An hour of work."], "template": [""]})
    form = browser.get(link).context["form"]
    assert (form.place, form["letter"].value()) == (place, "An hour of work.")
    assert browser.post(link, {"letter": "An hour of work.", "template": "", **WHY, **as_now(piece)}).status_code == 302
    assert not Kept.objects.exists()


@pytest.mark.parametrize("key", ["", "0", "abc", "99999999999999999999", "\x00", "²"])
def test_a_template_that_is_not_there_begins_nothing(key, sami, edith, signed_in):
    place = f"/admin/submissions/{makers.a_submitted(sami).code}/decline/"
    form = signed_in(edith).get(place, {"template": key}).context["form"]
    assert form.initial["template"] == LetterTemplate.objects.written_for("decline").first().pk


@pytest.mark.parametrize("place", ["{nobody}", "{name.__class__}", "{}", "{strength}"])
def test_a_template_with_a_word_nobody_can_fill_in_is_refused(place):
    template = LetterTemplate(verb="accept", name="Mine", text=f"Dear {place}")
    with pytest.raises(ValidationError, match=r"Use \{name\}, \{title\}, \{editor\}"):
        template.clean()
