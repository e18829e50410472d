"""Letters about comments: one template for each move that tells somebody something."""

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import Delivery, User
from comments.models import HowOften, MailChoice, Notice
from forum.lib.mail import compose
from forum.pages.models import SiteSettings


def tell_writer(event):
    """Tell the writer of a comment what was decided about it, in the very words of the decision."""
    comment = event.comment
    decided = event.actor_kind != "clock"
    ruling = comment.rulings.filter(verb=event.verb, at__lte=event.at).last() if decided else None
    _tell_person(f"comments/{event.verb}", event, comment.author, ruling, {"comment": comment})


def tell_sanctioned(event):
    """Tell somebody what was decided about her, with the reason and the end; or that it is over."""
    sanction = event.sanction
    template = "sanction" if event.source == "" else f"sanction_{event.verb}"
    _tell_person(f"comments/{template}", event, sanction.user, sanction.ruling, {"sanction": sanction, "event": event})


def tell_reporters(event):
    """Tell everybody who reported a comment, and left an address, what came of it."""
    reports = sorted(event.case.reports.select_related("reporter"), key=lambda report: report.reporter is not None)
    by_address = {report.address: report for report in reports}
    for report in by_address.values():
        if report.address:
            _tell_reporter(f"comments/report_{event.verb}", event, report)


def tell_concerned(event):
    """Tell those who had reported a comment that the decision they were told of was reversed."""
    appeal = event.appeal
    case = appeal.ruling.case
    for report in case.reports.select_related("reporter") if case else ():
        objects = report == appeal.report or (report.reporter and report.reporter == appeal.objector)
        if report.address and not objects:
            _tell_reporter("comments/report_reverse", event, report)


def tell_moderators(event):
    """Tell the moderators at once of a threat or something illegal, once for each comment's open reports."""
    case = event.case
    if not (case.is_urgent and case.status == "open"):
        return
    article, writer = case.comment.discussion.article, case.comment.author_id
    for person in User.objects.moderators().exclude(pk__in=[writer, *article.writers()]):
        context = {"person": person, "case": case, "address": settings.SITE_URL + case.get_absolute_url()}
        message = compose(f"comments/report_{event.verb}", context, to=person.email)
        Delivery.post(f"comments.urgent:{case.pk}.{person.pk}", message)


def tell_objector(event):
    """Tell who objected to a decision whether it stands."""
    appeal = event.appeal
    if appeal.address:
        context = {"appeal": appeal, "event": event, "comment": appeal.ruling.comment}
        _post(f"comments/appeal_{event.verb}", event, appeal, appeal.address, context)


def tell_guest(event):
    """Send somebody from outside the address at which she decides about an objection."""
    appeal = event.appeal
    if event.detail["to"] == appeal.guest_email:
        address = settings.SITE_URL + appeal.guest_path()
        _post("comments/appeal_ask_guest", event, appeal, appeal.guest_email, {"appeal": appeal, "address": address})


def ask_to_confirm(report):
    """Ask the holder of an address whether the report with it is hers."""
    address = settings.SITE_URL + report.confirm_path
    message = compose("comments/report_confirm", {"report": report, "address": address}, to=report.email)
    Delivery.post(f"comments.confirm:{_hidden(report.pk)}", message)


def tell_of_answers(person):
    """Send one member one mail with everything she should hear now; no words of comments stand in it."""
    with transaction.atomic():
        if MailChoice.of(person) == HowOften.OFF or not (notices := Notice.take(person)):
            return
        address = settings.SITE_URL + MailChoice.path(person)
        context = {"person": person, "notices": notices, "address": address}
        headers = {"List-Unsubscribe": f"<{address}stop/>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        message = compose("comments/answers", context, to=person.email, headers=headers)
        Delivery.post(f"comments.answers:{notices[0].batch}", message)


def _tell_person(template, event, person, ruling, context):
    objection = ruling.path_for(person) if ruling else ""
    context |= {"person": person, "ruling": ruling, "objection": objection}
    _post(template, event, person, person.email, context)


def _tell_reporter(template, event, report):
    """Write to a reader who reported; the key of the letter leads nobody from her address to the comment."""
    message = compose(template, {"report": report}, to=report.address, reply_to=SiteSettings.get().office)
    Delivery.post(f"comments.report:{_hidden(event._meta.label_lower, event.pk, report.pk)}", message)


def _hidden(*parts):
    return salted_hmac("comments.mail", ".".join(map(str, parts)), algorithm="sha256").hexdigest()[:32]


def _post(template, event, whom, to, context):
    key = f"{event._meta.label_lower}.{event.pk}.{whom._meta.model_name}.{whom.pk}"
    Delivery.post(key, compose(template, context, to=to, reply_to=SiteSettings.get().office))
