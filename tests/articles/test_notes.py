"""Notes in the margin: for the author or for the editors alone, and never the one turned into the other."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from articles.forms.desk.notes import NoteForm
from articles.models import AuthorNote, Conflict, StaffNote, Submission
from articles.permissions import may_note, may_note_for_author
from forum.lib.moves import Refused
from tests import makers

pytestmark = pytest.mark.django_db

QUOTE = "The one signed in March is no exception."
NOTED = {"text": "Who signed it?", "quote": QUOTE, "number": 2}
AMONG_US = {"text": "Is this his own idea?", "quote": QUOTE, "number": 2}


@pytest.fixture
def piece(sami, edith):
    """A piece in review with one note for its author and one among editors."""
    piece = makers.in_review(sami, edith)
    AuthorNote.write(piece, by=edith, **NOTED)
    StaffNote.write(piece, by=edith, **AMONG_US)
    return piece


def due():
    return timezone.now() + timezone.timedelta(days=9)


def send_back(piece):
    piece.ask_for_changes(by=piece.editor, letter="Please see the margin.", due=due())


def desk(name, *args):
    return reverse(f"admin:submission{name}", args=args)


def test_a_note_for_the_author_leaves_with_the_letter_and_stands_beside_her_paragraph(piece, sami, signed_in, work):
    browser = signed_in(sami)
    assert "Who signed it?" not in browser.get(piece.get_absolute_url()).text
    send_back(piece)
    page = browser.get(piece.get_absolute_url()).text
    assert page.index(QUOTE.partition(".")[0]) < page.index("Who signed it?")
    assert "Who signed it?" in browser.get(f"{piece.get_absolute_url()}write/").text
    work()
    letter = next(m for m in mail.outbox if m.subject.startswith("Please look at"))
    assert f"“{QUOTE}”\nWho signed it?" in letter.body
    later = AuthorNote.write(piece, by=piece.editor, **{**NOTED, "text": "And when?"})
    assert "And when?" not in browser.get(piece.get_absolute_url()).text
    with pytest.raises(Refused):
        later.reply(by=sami, answer="Soon.")


def test_the_author_answers_a_note_and_her_editor_reads_it(piece, sami, edith, client):
    send_back(piece)
    note = piece.author_notes.get()
    client.force_login(sami)
    client.post(reverse("submission_answer_note", args=[piece.code, note.pk]), {"answer": "Both ministers."})
    client.post(reverse("submission_finish_note", args=[piece.code, note.pk]), {"done": "on"})
    body = piece.body.replace("exception", "exception whatever")
    piece.refresh_from_db()
    piece.write(by=sami, version=piece.version, body=body)
    piece.resubmit(by=sami)
    client.force_login(edith)
    page = client.get(desk("", piece.code)).content.decode()
    assert "Both ministers." in page
    assert "done by the author" in page
    assert "This paragraph has changed since. It read:" in page
    with pytest.raises(Refused):
        AuthorNote.objects.get().reply(by=sami, answer="Too late.")


def test_a_note_is_written_beside_the_paragraph_that_was_pressed(piece, edith, signed_in):
    browser = signed_in(edith)
    form = browser.get(desk("_add_note", piece.code) + "?paragraph=2").context["form"]
    assert (form["quote"].value(), form["number"].value()) == (QUOTE, 2)
    said = {**NOTED, "text": "See the archive.", "audience": "staff"}
    browser.post(desk("_add_note", piece.code), said)
    note = StaffNote.objects.last()
    assert (note.text, note.quote, note.number) == ("See the archive.", QUOTE, 2)
    browser.post(desk("_resolve_note", piece.code, "staff", note.pk))
    browser.post(desk("_withdraw_note", piece.code, "author", AuthorNote.objects.get().pk))
    assert StaffNote.objects.get(pk=note.pk).resolved_at
    assert not AuthorNote.objects.standing().exists()


def test_no_staff_note_ever_reaches_the_author(piece, sami, edith, client, work):
    """Not by a verb, a form, an address or a query: the two kinds are two tables, and no field says which."""
    piece.staff_notes.all().delete()
    note = StaffNote.write(piece, by=edith, **AMONG_US, pk=piece.author_notes.get().pk + 100)
    for model in (StaffNote, AuthorNote):
        assert "audience" not in {field.name for field in model._meta.get_fields()}
        assert model._meta.concrete_model.__bases__[0]._meta.abstract
    client.force_login(edith)
    for audience in ("author", "staff", "everybody"):
        for verb in ("_resolve_note", "_withdraw_note"):
            client.post(desk(verb, piece.code, audience, note.pk), {"audience": "author"})
    StaffNote.objects.update(withdrawn_at=None, resolved_at=None)
    send_back(piece)
    client.force_login(sami)
    for what in ("answer", "done"):
        wanted = f"{piece.get_absolute_url()}notes/{note.pk}/{what}/"
        assert client.post(wanted, {"answer": "Mine.", "done": "on"}).status_code == 404
    pages = [client.get(piece.get_absolute_url()).text, client.get(f"{piece.get_absolute_url()}write/").text]
    work()
    assert not any(AMONG_US["text"] in text for text in [*pages, *(m.body for m in mail.outbox)])
    assert "left_at" not in {field.name for field in StaffNote._meta.get_fields()}
    assert not issubclass(StaffNote, AuthorNote)
    assert issubclass(StaffNote, Model)


def test_only_the_handling_editor_tells_the_author_something(piece, sami, edith, eno):
    with pytest.raises(PermissionDenied):
        AuthorNote.write(piece, by=eno, **NOTED)
    with pytest.raises(PermissionDenied):
        StaffNote.write(piece, by=sami, **NOTED)
    form = NoteForm({**NOTED, "audience": "author"}, for_author=may_note_for_author(eno, piece))
    assert not form.is_valid()
    assert form["text"].value() == NOTED["text"]
    with pytest.raises(PermissionDenied):
        piece.staff_notes.get().withdraw(by=eno)


def test_whoever_is_too_close_to_a_piece_reads_and_writes_nothing_in_its_margin(piece, eno, client):
    Conflict.objects.create(submission=piece, user=eno)
    piece.refresh_from_db()
    assert not may_note(eno, piece)
    with pytest.raises(PermissionDenied):
        StaffNote.write(piece, by=eno, **NOTED)
    client.force_login(eno)
    for page in (desk("", piece.code), desk("_add_note", piece.code)):
        assert client.get(page).status_code == 404


def test_an_editor_who_wrote_the_piece_never_reads_what_colleagues_note_on_it(edith, eno, client):
    piece = makers.in_review(eno, edith)
    StaffNote.write(piece, by=edith, **AMONG_US)
    send_back(piece)
    client.force_login(eno)
    assert AMONG_US["text"] not in client.get(piece.get_absolute_url()).text
    assert client.get(desk("", piece.code)).status_code == 404


def test_the_database_keeps_no_answer_to_what_has_not_left(piece):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuthorNote.objects.update(answer="Already?")
    assert Submission.objects.get(pk=piece.pk).author_notes.get().answer == ""
