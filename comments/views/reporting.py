"""Report Abuse on a comment, with or without an account."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from comments.forms import ReportForm, SeenForm
from comments.models import Comment, Report
from forum.lib.moves import Guest
from forum.lib.pagecache import never
from forum.lib.throttle import allow, prefix


@never
def report(request, pk):
    """Say what is wrong with a comment; the report is about the wording that was shown."""
    comment = get_object_or_404(Comment.objects.placed(), pk=pk)
    if request.method != "POST" or not comment.is_shown:
        seen = SeenForm(request.POST or request.GET)
        return _page(
            request, comment, ReportForm(), seen.cleaned_data["revision"] if seen.is_valid() else None
        )
    form = ReportForm(request.POST)
    if not form.is_valid() or form.cleaned_data["revision"] != comment.current_id:
        return _page(request, comment, form, form.cleaned_data.get("revision"))
    if form.disagrees:
        return render(request, "comments/disagree.html", {"comment": comment})
    return redirect(_file(request, comment, form.cleaned_data))


@never
@require_safe
def receipt(request, receipt):
    """What became of a report."""
    report = get_object_or_404(Report.objects.for_receipt(), receipt=receipt)
    may_object = report.may_be_appealed_by(request.user)
    context = {"report": report, "case": report.case, "may_object": may_object, "appeal": report.appeal}
    return render(request, "comments/receipt.html", context)


def _file(request, comment, said):
    network = prefix(request)
    by = request.user if request.user.is_authenticated else Guest(email=said["email"])
    allow("report", f"user:{by.pk}" if request.user.is_authenticated else network)
    return Report.file(
        comment, by=by, reason=said["reason"], words=said["words"], revision=comment.current, prefix=network
    )


def _page(request, comment, form, seen):
    earlier = comment.earlier_wording(seen)
    context = {
        "comment": comment,
        "form": form,
        "earlier": earlier,
        "changed": bool(seen) and seen != comment.current_id,
    }
    return render(request, "comments/report.html", context)
