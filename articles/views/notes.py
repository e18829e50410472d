"""What an author does with the notes beside her paragraphs: answer them, and say what is done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from articles.forms.author.notes import DoneForm, ReplyForm
from articles.permissions import is_author
from articles.views.own import own, writer
from forum.lib.web.labels import asks


def with_author(piece):
    """Return the notes its author works with, while the piece is in her hands."""
    return piece.author_notes.with_author() if piece.state.sent_back else piece.author_notes.none()


def note_of(request, piece, pk):
    """Return a note the author has in her hands; for those who wrote it with her there is none."""
    notes = with_author(piece) if is_author(writer(request), piece) else piece.author_notes.none()
    return get_object_or_404(notes, pk=pk)


@own
@asks(ReplyForm)
def answer_note(request, piece, pk):
    """Answer a note of the editors'."""
    note = note_of(request, piece, pk)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"answer": note.answer})
    if form.is_valid():
        note.reply(by=writer(request), answer=form.cleaned_data["answer"])
        messages.success(request, "Your editor reads your answer beside the paragraph.")
        return redirect(f"{piece.get_absolute_url()}#note-{note.pk}")
    context = {"piece": piece, "note": note, "form": form}
    return render(request, "articles/writing/answer_note.html", context)


@own
@require_POST
def finish_note(request, piece, pk):
    """Say that the text now has what a note asked for, or not yet."""
    note = note_of(request, piece, pk)
    form = DoneForm(request.POST)
    note.finish(by=writer(request), done=form.is_valid() and form.cleaned_data["done"])
    return redirect(f"{piece.get_absolute_url()}#note-{note.pk}")
