"""Notes in the margin of a manuscript: written beside a paragraph, settled, taken back."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from articles.admin.keeping import keeping, let_go
from articles.admin.submission import desk_piece
from articles.forms.desk.notes import AUTHOR, STAFF, NoteForm, ParagraphForm
from articles.models import AuthorNote, StaffNote
from articles.permissions import may_note, may_note_for_author
from forum.lib.desk import desk_page, screen
from forum.lib.text.paragraphs import paragraphs_of
from forum.lib.web.labels import asks


@asks(NoteForm)
def add(request, code):
    """Write a note beside a paragraph, or on the whole piece."""
    piece = noted_piece(request, code)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial=_beside(request, piece),
        for_author=may_note_for_author(request.user, piece),
    )
    keeping(request, form)
    if form.is_valid():
        table = AuthorNote if form.cleaned_data["audience"] == AUTHOR else StaffNote
        note = table.write(piece, by=request.user, **form.note)
        let_go(request)
        messages.success(request, "Your note stands in the margin.")
        return redirect(f"{_page(piece)}#paragraph-{note.number}")
    context = {"piece": piece, "form": form, "back": _page(piece), "quote": form["quote"].value()}
    return desk_page(request, "admin/articles/note.html", "Add a note", **context)


@require_POST
def settle(request, code, audience, pk, verb):
    """Mark a note as resolved, or take one's own back."""
    piece = noted_piece(request, code)
    notes = {AUTHOR: piece.author_notes, STAFF: piece.staff_notes}.get(audience)
    if notes is None:
        raise Http404
    note = get_object_or_404(notes.standing(), pk=pk)
    getattr(note, verb)(by=request.user)
    messages.success(request, SETTLED[verb])
    return redirect(f"{_page(piece)}#paragraph-{note.number}")


def noted_piece(request, code):
    """Return the piece if this editor may read its margin; whoever is too close to it may not."""
    piece = desk_piece(request, code)
    if not may_note(request.user, piece):
        raise PermissionDenied("You are too close to this piece to read what is noted on it.")
    return piece


SETTLED = {"resolve": "The note is marked as resolved.", "withdraw": "Your note is taken back."}


def _beside(request, piece):
    number = ParagraphForm(request.GET).number
    found = {paragraph.number: paragraph.text for paragraph in paragraphs_of(piece.html)}
    return {"number": number, "quote": found[number]} if number in found else {"number": 0, "quote": ""}


def _page(piece):
    return reverse("admin:submission", args=[piece.code])


NOTE = "submissions/<slug:code>/notes/<slug:audience>/<int:pk>"
screen("submissions/<slug:code>/notes/add/", add, "submission_add_note", who=is_editor)
for verb in SETTLED:
    screen(f"{NOTE}/{verb}/", partial(settle, verb=verb), f"submission_{verb}_note", who=is_editor)
