"""Letters about comments: one template for each move that tells somebody something."""

from accounts.models import Delivery
from forum.lib.mail import compose
from forum.pages.models import SiteSettings


def tell_writer(event):
    """Tell the writer of a comment what was decided about it, in the very words of the decision."""
    comment = event.comment
    ruling = comment.rulings.filter(verb=event.verb, at__lte=event.at).last()
    context = {"comment": comment, "ruling": ruling, "person": comment.author}
    _post(f"comments/{event.verb}", event, comment.author, comment.author.email, context)


def tell_reporters(event):
    """Tell everybody who reported a comment, and left an address, what came of it."""
    by_address = {report.address: report for report in event.case.reports.select_related("reporter")}
    for report in by_address.values():
        if report.address:
            _post(f"comments/report_{event.verb}", event, report, report.address, {"report": report})


def tell_objector(event):
    """Tell who objected to a decision whether it stands."""
    appeal = event.appeal
    context = {"appeal": appeal, "event": event, "comment": appeal.ruling.comment}
    _post(f"comments/appeal_{event.verb}", event, appeal.objector, appeal.objector.email, context)


def _post(template, event, whom, to, context):
    key = f"{event._meta.label_lower}.{event.pk}.{whom._meta.model_name}.{whom.pk}"
    Delivery.post(key, compose(template, context, to=to, reply_to=SiteSettings.get().office))
