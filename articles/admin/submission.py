"""The review page: a manuscript on one side, and all that can be done about it on the other."""

from itertools import pairwise

from django.contrib import messages
from django.http import FileResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from accounts.permissions import is_editor
from articles.admin.presence import also_open
from articles.admin.pressing import buttons, form_for, press, register
from articles.admin.signers import proof_sent_at, signers
from articles.admin.timeline import timeline
from articles.approved import unapproved
from articles.differences import differences
from articles.eligible import asks_who_is, eligible_editors
from articles.forms.desk.submission import DECISIONS, StepAsideForm
from articles.guards import gives_publishing_away
from articles.models import Conflict, Message, Submission
from articles.models.private import questions
from articles.models.private.awaiting import awaited_names
from articles.permissions import may_note, may_write, speaks_for_desk
from articles.workflow import TO_PRINT
from forum.lib.desk import desk_page, screen
from forum.lib.moves import Refused, may
from forum.lib.text.paragraphs import margin
from forum.lib.web.labels import asks

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def desk_piece(request, code, *, whole=False):
    """Return the piece if it is on this editor's desk, with who else has it open; `whole` with all that happened."""
    desk = Submission.objects.on_desk(request.user)
    piece = get_object_or_404(desk.for_review() if whole else desk.for_reading(), code=code)
    piece.also_open = also_open(request, piece)
    return piece


def review(request, code):
    """Show a piece as it would be printed, and what can be done about it."""
    piece = desk_piece(request, code, whole=True)
    notes = notes_in_margin(piece) if may_note(request.user, piece) else None
    pictures = piece.pictures.as_they_stand()
    context = {
        "piece": piece,
        "pictures": pictures,
        "kept": any(picture.failure or picture.setback for picture in pictures),
        "margin": margin(piece.html, notes or []),
        "may_note": notes is not None,
        "buttons": buttons(piece, request.user, DECISIONS, "submission", piece.code),
        "happened": timeline(piece),
        "round": came_back(piece),
        "since": since_last_proof(piece),
        "signers": signers(piece),
        "awaited_names": awaited_names(piece) if piece.state.with_authors else "",
        "proof_sent_at": proof_sent_at(piece),
        "compared": list(pairwise(piece.revisions.all())),
        "earlier": Submission.objects.on_desk(request.user).counts_of_author(piece.corresponding_author),
        "suggestions": suggestions_beside(piece, request.user),
        "off_scope": may(request.user, "decline", piece) and questions.off_scope.first(),
        "may_write_author": piece.state.open and speaks_for_desk(request.user, piece),
        "may_write": may_write(request.user, piece),
        "asks_who": asks_who_is(request.user, piece),
        "beforehand": gives_publishing_away(request.user, piece),
        "correction": correction(piece),
        "unapproved": unapproved(piece),
    }
    return desk_page(request, "admin/articles/review.html", str(piece), **context)


def notes_in_margin(piece):
    """Return all that stands in the margin."""
    return [*piece.author_notes.standing(), *piece.staff_notes.standing()]


def suggestions_beside(piece, user):
    """Return what readers suggest to correct in the piece, once they can read it."""
    article = getattr(piece, "article", None)
    return Message.objects.on_desk(user).suggested_for(article) if article else []


def came_back(piece):
    """Return what the author sent back, until the editor has decided: answers and differences."""
    revisions = list(piece.revisions.all())[-2:]
    if piece.status != "in_review" or len(revisions) < 2 or revisions[1].verb != "resubmit":
        return None
    old, new = piece.revisions.whole([revision.pk for revision in revisions])
    return {"points": piece.letters.points_asked(), "old": old, "new": new, **differences(old, new)}


def correction(piece):
    """Return the author's last request for a correction while no new proof has answered it, or None."""
    asked = None
    for event in piece.events.all():
        asked = event if event.verb == "request_correction" else asked
        asked = None if event.verb == "send_proof" else asked
    return asked if piece.status == "accepted" else None


def since_last_proof(piece):
    """Return what changed since the proof before this one, or since the last one while the next is made."""
    proofs = [revision.pk for revision in piece.revisions.all() if revision.verb == "send_proof"]
    earlier = {"proof": proofs[:-1], "accepted": proofs}.get(piece.status)
    if not earlier:
        return None
    old = piece.revisions.whole(earlier[-1:])[0]
    return {"old": old, **differences(old, piece)}


@require_safe
def others(request, code):
    """Say who else has this piece open, for the script that asks now and then."""
    return JsonResponse({"said": desk_piece(request, code).also_open})


def decide(request, code, verb):
    """Show what a decision asks for, or make it."""
    piece = desk_piece(request, code)
    form = form_for(request, DECISIONS, verb, piece)
    differs = unapproved(piece) if verb in TO_PRINT else []
    return press(request, piece, verb, form, _page(piece), piece=piece, unapproved=differs)


@asks(StepAsideForm)
def step_aside(request, code):
    """Keep an editor's word that she is too close to this piece."""
    piece = desk_piece(request, code)
    form = StepAsideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            Conflict.declare(piece, by=request.user, **form.cleaned_data)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        else:
            messages.success(request, f"Done: “{piece}” is no longer on your desk.")
            return redirect("admin:index")
    others = eligible_editors(piece).exclude(pk=request.user.pk)
    context = {"form": form, "piece": piece, "back": _page(piece), "is_last": not others.exists()}
    return desk_page(request, "admin/articles/step_aside.html", "I am too close to this piece", **context)


def revision(request, code, number):
    """Show a manuscript as it was when it changed hands."""
    piece = desk_piece(request, code)
    found = get_object_or_404(piece.revisions.for_lists().defer(None), number=number)
    title = f"Revision {number} of “{piece}”"
    return desk_page(request, "admin/articles/revision.html", title, piece=piece, revision=found)


def compare(request, code, old, new=None):
    """Show what changed from one revision to another, or to the text as it is now."""
    piece = desk_piece(request, code)
    before = get_object_or_404(piece.revisions.all(), number=old)
    after = get_object_or_404(piece.revisions.all(), number=new) if new else piece
    context = {"piece": piece, "old": before, "new": after, "number": new, **differences(before, after)}
    return desk_page(request, "admin/articles/compare.html", "What changed", **context)


def original(request, code, pk):
    """Send the Word file as it came, to be saved and never to be opened in the page."""
    upload = get_object_or_404(desk_piece(request, code).uploads.all(), pk=pk)
    return FileResponse(upload.file.open("rb"), as_attachment=True, filename=upload.name, content_type=WORD)


def _page(piece):
    return redirect("admin:submission", piece.code).url


screen("submissions/<slug:code>/", review, "submission", who=is_editor)
screen("submissions/<slug:code>/others/", others, "submission_others", who=is_editor)
screen("submissions/<slug:code>/conflict/", step_aside, "submission_conflict", who=is_editor)
screen("submissions/<slug:code>/revisions/<int:number>/", revision, "submission_revision", who=is_editor)
screen("submissions/<slug:code>/compare/<int:old>..<int:new>/", compare, "submission_compare", who=is_editor)
screen("submissions/<slug:code>/compare/<int:old>..now/", compare, "submission_changes", who=is_editor)
screen("submissions/<slug:code>/uploads/<int:pk>/", original, "submission_original", who=is_editor)
register("submissions/<slug:code>/", "submission", DECISIONS, decide, is_editor)
