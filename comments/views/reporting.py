"""Report Abuse on a comment, with or without an account."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.ration import ration
from comments.forms.reporting import ReportForm, SeenWordingForm
from comments.models import Report
from comments.tasks import ask_to_confirm
from comments.views.reading import placed
from forum.lib.moves import Guest
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never
from forum.lib.web.throttle import TooMany, allow, prefix

CHANGED = "This comment has changed since you opened it. Please read it as it is now; your report will be about that."

@never
@asks(ReportForm)
def report(request, pk):
    """Say what is wrong with a comment; the report is about the wording that was shown."""
    comment = placed(pk)
    if request.method != "POST" or not comment.is_shown:
        seen = SeenWordingForm(request.POST or request.GET)
        return _page(
            request, comment, ReportForm(), seen.cleaned_data["revision"] if seen.is_valid() else None
        )
    form = ReportForm(request.POST)
    if form.is_valid() and form.cleaned_data["revision"] != comment.current_id:
        form.add_error(None, CHANGED)
    if form.errors:
        return _page(request, comment, form, form.cleaned_data.get("revision"))
    if form.disagrees:
        return render(request, "comments/disagree.html", {"comment": comment, "words": form.cleaned_data["words"]})
    return redirect(_file(request, comment, form.cleaned_data))


@never
@require_safe
def receipt(request, receipt):
    """What became of a report."""
    report = get_object_or_404(Report.objects.for_receipt(), receipt=receipt)
    return render(request, "comments/receipt.html", {"report": report, "case": report.case, "appeal": report.appeal})


@never
def confirm(request, token):
    """Let the holder of an address say that the report with it is hers."""
    report = Report.behind(token)
    if report is None:
        raise Http404
    if request.method == "POST":
        report.confirm()
        messages.success(request, "Thank you. We know now that the report is yours.")
        return redirect(report)
    return render(request, "comments/confirm.html", {"report": report})


def _file(request, comment, said):
    network, member = prefix(request), request.user.is_authenticated
    by = request.user if member else Guest(email=_address(request, said["email"]))
    allow("report", f"user:{by.pk}" if member else network)
    allow("report_prefix", network)
    filed = {"reason": said["reason"], "words": said["words"], "revision": comment.current, "prefix": network}
    report = Report.file(comment, by=by, key=str(said["key"] or ""), **filed)
    if report.email and not report.confirmed_at:
        ask_to_confirm.enqueue(report.pk)
    return report


def _address(request, email):
    """Return an address that may be written to, or "" where so much has gone there today that more is a nuisance."""
    try:
        return ration(request, email) or email if email else ""
    except TooMany:
        return ""


def _page(request, comment, form, seen):
    earlier = comment.earlier_wording(seen)
    context = {
        "comment": comment,
        "form": form,
        "earlier": earlier,
        "changed": bool(seen) and seen != comment.current_id,
    }
    return render(request, "comments/report.html", context)
