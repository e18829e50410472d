"""The list of all submissions, what is no submission, and commissions."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from articles.admin.pressing import status_of
from articles.forms.desk.sought import SoughtPiecesForm
from articles.forms.desk.submissions import CommissionForm, DismissedForm
from articles.models import LetterTemplate, Submission
from articles.models.private.counting import UNDER_WAY
from articles.workflow import SENT_IN, SUBMISSION
from forum.lib.desk import desk_page, screen
from forum.lib.moves import IllegalMove, Refused
from forum.lib.web.labels import asks
from forum.lib.web.paging import page
from forum.lib.web.throttle import allow

STATES = [(state, label) for state, label in SUBMISSION.choices if state in SENT_IN]


def submissions(request):
    """List what is on this editor's desk, the latest move first."""
    form = SoughtPiecesForm(request.GET, states=STATES)
    wanted = form.wanted
    found = Submission.objects.on_desk(request.user).only(wanted["only"], request.user).matching(wanted["q"])
    counts = found.under_way().counts_by_state()
    labels = [(state, f"{label} {counts.get(state, 0)}" if state in UNDER_WAY else label) for state, label in STATES]
    pieces = page(found.in_state(wanted["state"]).for_lists(), request, by="moved_at")
    any_new = any(piece.status == "submitted" for piece in pieces)
    context = {
        "form": form,
        "states": labels,
        "choices": form.ONLY,
        "wanted": wanted,
        "page": pieces,
        "any_new": any_new,
        "off_scope": any_new and LetterTemplate.objects.off_scope(),
    }
    return desk_page(request, "admin/articles/submissions.html", "Submissions", **context)


@require_POST
def dismiss(request):
    """Set aside all that was ticked, and say what could not be."""
    form = DismissedForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["ticked"][0])
        return redirect("admin:submissions")
    ticked, not_done = form.cleaned_data["ticked"], []
    pieces = Submission.objects.on_desk(request.user).filter(pk__in=ticked)
    for piece in pieces:
        try:
            with piece.as_seen(ticked[piece.pk], "dismiss"):
                piece.dismiss(by=request.user)
        except (IllegalMove, Refused):
            not_done.append(f"{piece} ({piece.label.lower()})")
    tell(request, len(pieces) - len(not_done), not_done)
    return redirect("admin:submissions")


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
