"""What an author does with a piece that is on its way: follow it, and press what is hers to press."""

from dataclasses import replace
from itertools import chain

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.declarations import is_declared
from articles.forms.author.following import OWN_FORMS, DiscardForm, WithdrawForm, WriteEditorForm
from articles.forms.author.writing import WriteForm
from articles.forms.needed import has_words
from articles.guards import is_too_long
from articles.models import StaleText, Submission
from articles.models.private import drafting
from articles.models.private.awaiting import awaited
from articles.pace import pace
from articles.permissions import asks_guests, is_author, is_editor, may_send, may_write
from articles.standing import Standing
from articles.story import last_receipt, story
from articles.views.notes import with_author
from articles.views.own import drafts_here, meter, own, passed, writer
from articles.workflow import AUTHORS
from forum.lib.forms import TurnForm
from forum.lib.moves import MAIN, QUIET, buttons_for, may
from forum.lib.text.paragraphs import margin
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import private
from forum.lib.web.paging import page
from forum.lib.web.throttle import allow

UNSAID = {"declare", "withdraw"}
"""Where a guard stands against these, nobody is told of them."""


@private
def submissions(request):
    """List one's own pieces, and the drafts this browser began."""
    drafts = Submission.objects.unclaimed_with(drafts_here(request))
    if not request.user.is_authenticated and not drafts:
        return redirect_to_login(request.get_full_path())
    mine = Submission.objects.by_author(request.user).with_authors().for_lists()
    pieces = page(mine, request, by="begun_at")
    shelf = [(piece, Standing(piece, request.user)) for piece in chain(drafts, pieces)]
    return render(request, "articles/writing/submissions.html", {"page": pieces, "shelf": shelf})


@own
def submission(request, piece):
    """Show where a piece stands, whose turn it is, and the text as it would be printed."""
    by = writer(request)
    writes = may_write(by, piece)
    points = piece.letters.points_asked() if writes else []
    context = {
        "piece": piece,
        "standing": Standing(piece, by),
        "guest": passed(request, piece.code),
        **buttons(piece, by, points),
        "writes": writes,
        "letters": conversation(piece) if is_author(by, piece) else [],
        "points": points,
        "open_points": _are_open(points),
        "too_long": is_too_long(by, piece) if writes else "",
        "story": story(piece, by),
        **waiting(piece, request.user),
        "upload": piece.uploads.used().for_lists().last(),
        "differs": differs_from_own(piece),
        "files": piece.uploads.for_lists() if may_send(by, piece) else [],
        "no_judge": is_editor(by) and Submission.objects.without_a_judge().filter(pk=piece.pk).exists(),
        "asks_guests": asks_guests(by),
        "margin": margin_for(piece) if is_author(by, piece) else None,
    }
    return render(request, "articles/writing/submission.html", context)


def waiting(piece, user):
    """Return what helps to wait, and what helps once it is over."""
    return {
        "receipt": last_receipt(piece),
        "pace": pace(piece.kind) if piece.state.undecided else None,
        "copied": not piece.state.under_way and is_author(user, piece),
    }


def differs_from_own(piece):
    """Say whether the author, now that it is her turn, can take or leave what others changed."""
    mine = piece.revisions.own() if piece.state.sent_back else None
    return mine is not None and mine.text() != piece.text()


def conversation(piece):
    """Return what was written to and fro, the newest first; the last word of the desk is open."""
    letters = list(piece.letters.with_points())[::-1]
    newest = next((letter for letter in letters if not letter.is_from_author), None)
    for letter in letters:
        letter.is_open = letter is newest
    return letters


def margin_for(piece):
    """Return the text with the notes its author works with, or None where there are none."""
    notes = list(with_author(piece))
    return margin(piece.html, notes) if notes else None


def buttons(piece, user, points):
    """Return an author's buttons: what moves the piece on, and the rest."""
    found = [button for button in buttons_for(user, piece, at=AUTHORS) if _is_hers(button, piece, user)]
    here = piece.get_absolute_url()
    placed = [replace(b, url=f"{here}{b.verb}/", asks=has_words(OWN_FORMS[b.verb])) for b in found]
    first = [_onward(button, piece, points) for button in placed if button.tone == MAIN]
    return {"first": first, "rest": [button for button in placed if button.tone != MAIN]}


def _is_hers(button, piece, user):
    if button.verb == "sign_off":
        return user.pk in awaited(piece)
    return not (button.complaint and button.verb in UNSAID)


def _onward(button, piece, points):
    """Return the link to where a step is taken: below the text, after what has to be done before, or on its page."""
    if button.verb == "declare" and is_declared(piece):
        return replace(button, link="Declare anew", tone=QUIET)
    if OWN_FORMS[button.verb] is not WriteForm:
        return button
    if button.complaint and _are_open(points):
        return replace(button, link="Answer the editors’ points", url=reverse("submission_answers", args=[piece.code]))
    text = reverse("submission_write", args=[piece.code])
    if button.complaint:
        return replace(button, link="Go on: your name and declarations", url=f"{text}#about-you")
    return replace(button, url=f"{text}#send")


def _are_open(points):
    return any(point.is_open for point in points)


@own
@require_POST
def take_back(request, piece):
    """Make it a draft again."""
    piece.take_back(by=writer(request))
    messages.success(request, "It is a draft again. Submit it once more when you are ready.")
    return redirect(piece)


@own
@require_POST
def extend(request, piece):
    """Move one's own date once."""
    piece.extend(by=writer(request), seen=TurnForm(request.POST).turn)
    messages.success(request, "Your date has been moved.")
    return redirect(piece)


@own
@asks(WithdrawForm)
def withdraw(request, piece):
    """Withdraw a piece, once more asked."""
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"seen": piece.turn})
    if form.is_valid():
        with piece.as_seen(form.cleaned_data["seen"], "withdraw"):
            piece.withdraw(by=writer(request), note=form.cleaned_data["note"])
        messages.success(request, "Your piece is withdrawn.")
        return redirect(piece)
    return ask(request, piece, form, "withdraw")


@own
@asks(WriteEditorForm)
def write_editor(request, piece):
    """Send the editors a message that moves nothing."""
    form = WriteEditorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        allow("author_message", piece.code)
        piece.write_editor(by=writer(request), letter=form.cleaned_data["letter"])
        messages.success(request, "Your message is with the editors.")
        return redirect(piece)
    return ask(request, piece, form, "write_editor")


def _is_open(piece, verb, by):
    """Say whether a verb can be pressed; one of several authors approves before the last one can."""
    return may(by, verb, piece) or (verb == "sign_off" and may(by, "co_sign", piece))


def ask(request, piece, form, verb, *, status=200, **context):
    """Ask for words or for a second thought, if this could be done at all."""
    if request.method != "POST" and not _is_open(piece, verb, writer(request)):
        return redirect(piece)
    context |= {"piece": piece, "form": form, "label": piece.machine[verb].label}
    return render(request, f"articles/writing/{verb}.html", context, status=status)


@own
@require_POST
def copy(request, piece):
    """Begin a new draft from a piece that is over, or from another draft."""
    meter(request)
    draft = drafting.copy(piece, by=request.user)
    messages.success(request, "A new draft with the text, the pictures and the names. Please declare anew.")
    return redirect(draft)


@own
def discard(request, piece):
    """Throw a draft away as it was seen, once more asked."""
    form = DiscardForm(request.POST if request.method == "POST" else None, initial={"version": piece.version})
    context = {"piece": piece, "form": form}
    if form.is_valid():
        try:
            drafting.discard(piece, by=writer(request), **form.cleaned_data)
        except StaleText as stale:
            form.meet(DiscardForm.CHANGED, version=stale.current.version)
            return render(request, "articles/writing/discard.html", context, status=409)
        messages.success(request, "The draft is gone.")
        return redirect("submissions" if request.user.is_authenticated else "get_published")
    if piece.status != "draft" or not may_write(writer(request), piece):
        return redirect(piece)
    return render(request, "articles/writing/discard.html", context)
