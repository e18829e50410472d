"""What an author does with a proof: read what was changed, take or leave it, correct it, approve it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from articles.approved import since_read_by
from articles.forms.author.proof import ChoosingForm, RequestCorrectionForm, SignOffForm
from articles.models import StaleText
from articles.models.public.text import Difference
from articles.permissions import may_send
from articles.signing import arrangement, digest_of
from articles.views.following import ask
from articles.views.own import own, sendable, writer
from forum.lib.moves import IllegalMove, Refused
from forum.lib.web.csp import editor
from forum.lib.web.labels import asks


@editor
@own
@asks(RequestCorrectionForm)
def request_correction(request, piece):
    """Say what is wrong in the proof, or send the text as it should be once it was shown what that changes."""
    form = RequestCorrectionForm(request.POST if request.method == "POST" else None, piece=piece)
    if not form.is_valid():
        return correction(request, piece, form)
    if not form.was_told:
        form.show(piece)
        return correction(request, piece, form)
    try:
        piece.request_correction(by=writer(request), **form.said)
    except StaleText as stale:
        form.show(stale.current)
        form.add_error(None, RequestCorrectionForm.CHANGED)
        return correction(request, stale.current, form)
    messages.success(request, "Your editor has your correction, and sends a new proof.")
    return redirect(piece)


def correction(request, piece, form):
    """Show the page on which a correction is written, with what its text changes so far."""
    return ask(request, piece, form, "request_correction", status=409 if form.non_field_errors() else 200)


@sendable
def changes(request, piece):
    """Go through the changes since the author's own text, and take or leave each."""
    mine, data = piece.revisions.own(), request.POST if request.method == "POST" else None
    if mine is None or piece.status == "draft":
        return redirect(piece)
    form = ChoosingForm(data, change=Difference(mine.text(), piece.text()), initial={"version": piece.version})
    stale = form.is_valid() and form.cleaned_data["version"] != piece.version
    if form.is_valid() and not stale:
        return chosen(request, piece, form)
    if stale:
        form = form.begun_again(piece.version)
    context = {"piece": piece, "form": form}
    return render(request, "articles/writing/changes.html", context, status=409 if stale else 200)


def chosen(request, piece, form):
    """Show the text without what was left, and let it count when told so."""
    text = form.change.without(form.left)
    if not form.left:
        messages.success(request, "You take every change: the text stays as it is.")
        return redirect("submission_sign_off" if piece.status == "proof" else "submission", piece.code)
    if piece.status == "proof":
        return correction(request, piece, RequestCorrectionForm(piece=piece, text=text))
    if form.cleaned_data["step"] == "use":
        return leave(request, piece, text)
    context = {"piece": piece, "form": form, "change": RequestCorrectionForm(piece=piece, text=text).change}
    return render(request, "articles/writing/left.html", context)


def leave(request, piece, text):
    """Make the text without what was left the text of the piece."""
    try:
        piece.write(by=writer(request), version=piece.version, **text)
    except StaleText:
        messages.warning(request, "The text was changed at this moment. Please choose once more.")
        return redirect("submission_own_changes", piece.code)
    messages.success(request, "The text is now without what you left.")
    return redirect(piece)


@own
def sign_off(request, piece):
    """Show what was changed and the proof, and approve exactly that text."""
    seen = {"digest": digest_of(piece), "publishing": arrangement(piece)}
    form = SignOffForm(request.POST if request.method == "POST" else None, initial=seen)
    if form.is_valid():
        return approved(request, piece, **form.cleaned_data)
    by, mine = writer(request), piece.revisions.own()
    context = {"since": since_read_by(piece, by), "change": Difference(mine.text(), piece.text()) if mine else None}
    return ask(request, piece, form, "sign_off", **context, may_choose=may_send(by, piece))


def approved(request, piece, digest, publishing):
    """Approve the text; a second press finds what the first one did."""
    by = writer(request)
    try:
        piece.sign_off(by=by, digest=digest, publishing=publishing)
    except (IllegalMove, Refused):
        if not piece.sign_offs.filter(by=by, digest=digest, void_at=None).exists():
            raise
    messages.success(request, "Thank you. You approved this exact text.")
    return redirect(piece)
