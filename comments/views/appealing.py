"""Objecting to a decision, and deciding about an objection as a guest."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from comments.forms.appealing import AppealForm
from comments.forms.desk.appeals import AppealDecisionForm
from comments.models import Appeal, Comment, Report, Ruling, Sanction
from comments.workflow import APPEAL
from forum.lib.moves import Guest, IllegalMove, Refused
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never, private
from forum.lib.web.throttle import allow

GONE = "The decision does not stand any more, so there is nothing to object to."


@private
@require_safe
@login_required
def appeal_comment(request, pk):
    """Lead to the address for objecting to the decision that stands against one's own comment."""
    comment = get_object_or_404(Comment.objects.by_writer(request.user), pk=pk)
    return redirect(comment.ruling.path_for(request.user) if comment.may_be_appealed else "my_comments")


@private
@require_safe
@login_required
def appeal_sanction(request, pk):
    """Lead to the address for objecting to what was decided about oneself."""
    sanction = get_object_or_404(Sanction.objects.about(request.user), pk=pk)
    return redirect(sanction.ruling.path_for(request.user))


@never
@asks(AppealForm)
def appeal_ruling(request, token):
    """Object by the address that stood in the letter about the decision; no account is asked for."""
    found = Ruling.behind(token)
    if found is None:
        raise Http404
    ruling, person = found
    appeal = Appeal(ruling=ruling, objector=person)
    return _object(request, appeal, by=person, gone="" if ruling.stands else GONE)


@never
@asks(AppealForm)
def appeal_report(request, receipt):
    """Object, by the receipt of a report, to the decision to leave a comment that was reported."""
    report = get_object_or_404(Report.objects.for_receipt(), receipt=receipt)
    ruling = report.case.kept_by
    if ruling is None:
        if request.method == "POST":
            raise Refused(GONE)
        return redirect(report)
    if report.reporter:
        return _object(request, Appeal(ruling=ruling, objector=report.reporter), by=report.reporter)
    return _object(request, Appeal(ruling=ruling, report=report), by=Guest(report.email))


@never
@require_safe
def appeal_guest(request, token):
    """Show a guest the objection she was asked about, with what she needs to decide."""
    appeal, _ = _asked(token)
    return _guest_page(request, token, appeal, AppealDecisionForm(appeal=appeal))


@never
@require_POST
@asks(AppealDecisionForm)
def appeal_guest_decide(request, token, verb):
    """Reverse a decision, or let it stand, as the guest who was asked."""
    appeal, guest = _asked(token)
    if verb not in ("reverse", "let_stand"):
        raise Http404
    if appeal.status not in APPEAL[verb].sources:
        raise IllegalMove(appeal, verb)
    form = AppealDecisionForm(request.POST, appeal=appeal, verb=verb)
    if form.is_valid():
        getattr(appeal, verb)(by=guest, **form.said)
        return redirect("appeal_guest", token)
    return _guest_page(request, token, appeal, form)


def _asked(token):
    found = Appeal.for_guest(token)
    if found is None:
        raise Http404
    return found


def _guest_page(request, token, appeal, form):
    ruling = appeal.ruling
    context = {"token": token, "appeal": appeal, "ruling": ruling, "comment": ruling.comment, "form": form}
    return render(request, "comments/appeal_guest.html", context)


def _object(request, appeal, *, by, gone=""):
    before = appeal.same()
    complaint = gone or ("" if before else APPEAL["submit"].complaint(by, appeal))
    if request.method == "POST" and (complaint or before):
        raise Refused(complaint or "You have objected to this decision already.")
    form = AppealForm(request.POST or None)
    if form.is_valid():
        allow("appeal", f"user:{by.pk}" if appeal.report is None else f"report:{appeal.report.pk}")
        Appeal.submit(appeal.ruling, by=by, words=form.cleaned_data["words"], report=appeal.report)
        return redirect(request.path)
    context = {"ruling": appeal.ruling, "appeal": before, "complaint": complaint, "form": form}
    return render(request, "comments/appeal.html", context)
