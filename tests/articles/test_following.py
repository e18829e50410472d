"""Where a piece is: what its author can read while she waits, and what she can do when its way has ended."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import clock, pace
from articles.models import Picture, Submission
from articles.models.private import drafting
from articles.models.private.declaration import Declaration
from articles.standing import Standing
from articles.story import last_receipt
from forum.lib.moves import IllegalMove
from tests import makers


def test_what_was_handed_over_stands_on_the_page_and_in_the_letter(sami, edith, signed_in, work):
    piece = makers.with_author(sami, edith)
    piece.resubmit(by=sami)
    work()
    handed = f"“A promise at night”, revision 2, {piece.words} words"
    text = signed_in(sami).get(piece.get_absolute_url()).text
    letter = next(letter for letter in mail.outbox if "Your changes" in letter.subject)
    assert "We have received your new version" in text
    for told in (text, letter.body):
        assert handed in told
        assert f"{timezone.localtime(piece.due_at):%A %-d %B}" in told
        assert "There is nothing you need to do." in told
    piece.decline(by=edith, letter="Not for us.")
    assert last_receipt(piece) is None


def test_every_waiting_piece_says_who_acts_by_when_and_what_follows(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    text = signed_in(sami).get(piece.get_absolute_url()).text
    assert "<dt>Who acts now</dt><dd>The editors</dd>" in text
    assert f">{piece.due}<" in text
    assert Standing(piece, sami).what_next == "Your editor writes to you: yes, no, or a letter that asks for changes."
    assert Standing(piece, sami).what_next in text
    assert "Half of the latest pieces" not in text


def test_how_long_pieces_took_is_told_once_they_are_enough(sami, edith, monkeypatch):
    monkeypatch.setattr(pace, "FEWEST", 2)
    for days in (3, 9):
        piece = makers.in_review(sami, edith)
        piece.decline(by=edith, letter="Not for us.")
        came = timezone.now() - timedelta(days=days)
        piece.events.filter(verb="submit").update(at=came)
        piece.events.filter(verb="take_up").update(at=came + timedelta(days=1))
    makers.a_submitted(sami)
    assert pace._counted(None) == pace.Pace("within 1 day", "within 6 days")
    monkeypatch.setattr(pace, "FEWEST", 3)
    assert pace._counted(None) == pace.Pace("", "")


def test_a_declined_piece_becomes_a_new_draft_with_its_text_pictures_and_names(sami, edith, rosa, signed_in):
    piece = makers.a_draft(sami)
    picture = Picture.keep(b"as it came", alt="A chart", credit="Ana Kos", submission=piece)
    piece.write(by=sami, version=piece.version, body=f'{makers.BODY}<figure data-picture="{picture.key}"></figure>')
    Declaration.keep(piece, by=sami, said={"figures": (["own"], "")})
    piece.submit(by=sami)
    with pytest.raises(IllegalMove):
        drafting.copy(piece, by=sami)
    piece.take_up(by=edith)
    piece.decline(by=edith, letter="Not for us.")
    with pytest.raises(PermissionDenied):
        drafting.copy(piece, by=rosa)
    browser = signed_in(sami)
    assert "Start a new draft from this piece" in browser.get(piece.get_absolute_url()).text
    browser.post(piece.get_absolute_url() + "copy/")
    draft = Submission.objects.exclude(pk=piece.pk).get()
    copied = draft.pictures.get()
    assert (draft.status, draft.title) == ("draft", piece.title)
    assert draft.bylines.get().biography == "Studies law in Sarajevo."
    assert draft.body == piece.body.replace(picture.key, copied.key)
    assert (copied.alt, copied.credit, copied.original.size) == ("A chart", "Ana Kos", 10)
    assert not draft.letters.exists()
    assert not draft.declarations.exists()
    drafting.discard(draft, by=sami)
    assert picture.original.storage.exists(picture.original.name)


def test_a_piece_can_be_withdrawn_until_readers_see_it(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    piece.withdraw(by=sami)
    assert (piece.status, Standing(piece, sami).who_acts) == ("withdrawn", "")
    assert Standing(piece, sami).what_next == "It is yours: send it elsewhere, or begin a new draft from it."


def test_on_the_day_the_page_and_the_letter_give_the_link_and_the_citation(article, sami, signed_in, work, settings):
    clock.announce_due()
    work()
    day = timezone.localtime(article.published_at)
    cited = f"Sami Student, “A promise at night,” International Affairs Forum, {day:%B %-d, %Y}, "
    letter = mail.outbox[-1]
    assert f"{cited}{settings.SITE_URL}{article.get_absolute_url()}" in letter.body
    text = signed_in(sami).get(article.submission.get_absolute_url()).text
    assert f"{cited}http://testserver{article.get_absolute_url()}" in text
    assert "data-share" in text
