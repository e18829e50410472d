"""Objecting to a decision: as the writer of the comment, or as a member who had reported it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render

from comments.forms import AppealForm
from comments.models import Appeal, Comment, Report
from comments.workflow import APPEAL
from forum.lib.moves import Refused
from forum.lib.pagecache import private

GONE = "The decision does not stand any more, so there is nothing to object to."


@private
@login_required
def appeal_comment(request, pk):
    """Object to the decision that stands against one's own comment."""
    comment = get_object_or_404(Comment.objects.by_writer(request.user), pk=pk)
    ruling = comment.ruling if comment.may_be_appealed else None
    return _object(request, ruling, redirect("my_comments"))


@private
@login_required
def appeal_report(request, receipt):
    """Object to a decision to leave a comment that one had reported."""
    report = get_object_or_404(Report.objects.for_receipt().filter(reporter=request.user), receipt=receipt)
    return _object(request, report.case.kept_by, redirect(report))


def _object(request, ruling, back):
    if ruling is None:
        if request.method == "POST":
            raise Refused(GONE)
        return back
    complaint = APPEAL["submit"].complaint(request.user, Appeal(ruling=ruling, objector=request.user))
    if request.method == "POST" and complaint:
        raise Refused(complaint)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        Appeal.submit(ruling, by=request.user, words=form.cleaned_data["words"])
        messages.success(request, "Thank you. Somebody else will look at the decision, and we write to you.")
        return back
    appeal = ruling.appeals.filter(objector=request.user).first()
    context = {"ruling": ruling, "appeal": appeal, "complaint": complaint, "form": form, "back": back.url}
    return render(request, "comments/appeal.html", context)
