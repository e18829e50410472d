"""The list of all submissions, what is no submission, and commissions."""

from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from articles.admin.pressing import status_of
from articles.forms.desk.sought import SoughtPiecesForm
from articles.forms.desk.submissions import CommissionForm, DismissedForm
from articles.models import Submission
from articles.models.private import questions
from articles.models.private.counting import UNDER_WAY
from articles.models.private.front import LEFT_TO_THE_DESK
from articles.models.private.questions import SIZE
from articles.promises import apologised, in_words, is_to_come
from articles.workflow import SENT_IN, SUBMISSION
from forum.lib.desk import desk_page, screen
from forum.lib.desk.month import moments_of
from forum.lib.desk.promised import promise
from forum.lib.moves import IllegalMove, Refused
from forum.lib.web.addresses import address
from forum.lib.web.labels import asks
from forum.lib.web.paging import page
from forum.lib.web.throttle import allow

STATES = [(state, label) for state, label in SUBMISSION.choices if state in SENT_IN]
CHOICES = tuple(SoughtPiecesForm.ONLY)


class FoundPiece(NamedTuple):
    """A piece on the list; `tick` is what ticking it sends, "" where it has no box, `decline` where to say why not."""

    label: str
    url: str
    title: str
    hint: str
    tick: str
    decline: str


def submissions(request):
    """List what is on this editor's desk, the latest move first."""
    form = _sought(request)
    wanted = form.wanted
    counts, found = _found(request, wanted)
    labels = ((state, f"{label} {counts.get(state, 0)}" if state in UNDER_WAY else label) for state, label in STATES)
    any_new = any(piece.status == "submitted" for piece in found)
    off_scope = questions.off_scope.first() if any_new else None
    context = {
        "form": form,
        "states": tuple(labels),
        "choices": CHOICES,
        "wanted": wanted,
        "page": found,
        "rows": tuple(_row(piece, off_scope) for piece in found),
        "any_new": any_new,
    }
    title = f"Due and coming out on {in_words(moments_of(day)[0])}" if (day := wanted["day"]) else "Submissions"
    return desk_page(request, "admin/articles/submissions.html", title, **context)


def _sought(request):
    return SoughtPiecesForm(request.GET, states=STATES)


def _found(request, wanted):
    """Return how many there are in each state, and the page of the list; what is sought is a question of its own."""
    state, first = wanted["state"], None
    found = Submission.objects.on_desk(request.user).only(wanted["only"], request.user).matching(wanted["q"])
    if wanted["day"]:
        found = found.on_day(*moments_of(wanted["day"]))
    counts = found.under_way().by_state()
    if not any(wanted[how] for how in ("only", "q", "day")):
        desk = {"kept_from": Submission.objects.all().kept_from(request.user)}
        counts, first = questions.counts(**desk), lambda: questions.first_pieces(state)(**desk)
    rows = found.in_state(state).for_desk_list()
    return dict(counts), page(lambda: rows, request, by="moved_at", first=first or (lambda: rows[: SIZE + 1]))


def _row(piece, off_scope):
    scheduled = piece.status == "published" and is_to_come(piece.article__published_at)
    when = promise(piece.due_at) if piece.due_at else f"{localtime(piece.moved_at):%-d %b %Y}"
    who = piece.corresponding_author__name or piece.corresponding_author__email
    late = apologised(piece.apologies) if piece.status in LEFT_TO_THE_DESK else ""
    is_new = piece.status == "submitted"
    return FoundPiece(
        "Scheduled" if scheduled else SUBMISSION.states[piece.status].label,
        address("admin:submission", piece.code),
        piece.title or "Untitled",
        " · ".join(filter(None, [who, piece.editor__name, late, when])),
        f"{piece.pk}.{piece.turn}" if is_new else "",
        f"{address('admin:submission_decline', piece.code)}?template={off_scope}" if is_new and off_scope else "",
    )


@require_POST
def dismiss(request):
    """Set aside all that was ticked, say what could not be, and go back to the part of the list where it stood."""
    form, listed = DismissedForm(request.POST), f"{address('admin:submissions')}{_sought(request).query}"
    if not form.is_valid():
        messages.error(request, form.errors["ticked"][0])
        return redirect(listed)
    ticked, not_done = form.cleaned_data["ticked"], []
    pieces = Submission.objects.on_desk(request.user).filter(pk__in=ticked)
    for piece in pieces:
        try:
            with piece.as_seen(ticked[piece.pk], "dismiss"):
                piece.dismiss(by=request.user)
        except (IllegalMove, Refused):
            not_done.append(f"{piece} ({piece.label.lower()})")
    tell(request, len(pieces) - len(not_done), not_done)
    return redirect(listed)


def tell(request, done, not_done):
    """Say what was done and what was not."""
    if done:
        pieces = "1 piece was" if done == 1 else f"{done} pieces were"
        messages.success(request, f"{pieces} set aside as no submission.")
    if not_done:
        messages.warning(
            request, f"Left as they are, because somebody was there first: {', '.join(not_done)}."
        )


@asks(CommissionForm)
def commission(request):
    """Start a piece that somebody was asked for."""
    if request.FILES:
        allow("upload", request.user.pk)
    form = CommissionForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        try:
            piece = Submission.commission(by=request.user, **form.said)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        else:
            messages.success(request, "Done: you commissioned the piece.")
            return redirect("admin:submission", piece.code)
    return desk_page(
        request, "admin/articles/commission.html", "Commission a piece", status=status_of(form), form=form
    )


screen("submissions/", submissions, "submissions", who=is_editor)
screen("dismiss/", dismiss, "submissions_dismiss", who=is_editor)
screen("commission/", commission, "commission", who=is_editor)
