"""Letters about comments: one template for each move that tells somebody something."""

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.addressing import called
from accounts.mail import moderator, person, write
from accounts.models import Delivery, User
from comments.models import MailChoice, Notice
from forum.lib.ties import people_too_close

LEADING_THERE = ["approve", "approve_and_trust"]
"""What is told with the address of a comment alone, and not once its piece was removed."""


def last_heard(thing, event):
    """Return the verb of the last decision about a thing before this event of which a letter was not dropped, or ""."""
    telling = [verb for verb, move in thing.machine.moves.items() if move.tells and not move.stays]
    earlier = thing.events.filter(verb__in=telling, pk__lt=event.pk).order_by("-pk")
    dropped = tuple(Delivery.objects.about(thing).dropped().values_list("key", flat=True))
    return next((e.verb for e in earlier if not any(key.startswith(_key(e)) for key in dropped)), "")


def tell_writer(event):
    """Tell the writer of a comment what was decided about it, in the very words of the decision."""
    comment = event.comment
    if comment.is_out_of_public and event.verb in LEADING_THERE:
        return
    decided = event.actor_kind != "clock"
    ruling = comment.rulings.filter(verb=event.verb, at__lte=event.at).last() if decided else None
    context = {"comment": comment}
    _tell_person(f"comments/{event.verb}", event, comment.author, ruling, context, **_wait(comment, event))


def tell_sanctioned(event):
    """Tell somebody what was decided about her, with the reason and the end; or that it is over."""
    sanction = event.sanction
    template = "sanction" if event.source == "" else f"sanction_{event.verb}"
    context = {"sanction": sanction, "event": event}
    _tell_person(f"comments/{template}", event, sanction.user, sanction.ruling, context, **_wait(sanction, event))


def tell_reporters(event):
    """Tell everybody who reported a comment, and left an address, what came of it."""
    reports = sorted(event.case.reports.select_related("reporter"), key=lambda report: report.reporter is not None)
    by_address = {report.address: report for report in reports}
    for report in by_address.values():
        if report.address:
            _tell_reporter(f"comments/report_{event.verb}", event, report, **_wait(event.case, event))


def tell_concerned(event):
    """Tell those who had reported a comment that the decision they were told of was reversed."""
    appeal = event.appeal
    case = appeal.ruling.case
    has_told = case and case.status != "open"
    for report in case.reports.select_related("reporter") if has_told else ():
        objects = report == appeal.report or (report.reporter and report.reporter == appeal.objector)
        if report.address and not objects:
            _tell_reporter("comments/report_reverse", event, report)


def tell_moderators(event):
    """Tell the moderators at once of a threat or something illegal, once for each comment's open reports."""
    case = event.case
    if not (case.is_urgent and case.status == "open"):
        return
    for reader in User.objects.moderators().exclude(pk__in=people_too_close(case.comment)):
        context = {"person": reader, "case": case, "address": settings.SITE_URL + case.get_absolute_url()}
        key = f"comments.urgent:{case.pk}.{reader.pk}"
        write(key, f"comments/report_{event.verb}", context, to=called(moderator, reader))


def tell_objector(event):
    """Tell who objected to a decision whether it stands."""
    appeal = event.appeal
    if appeal.address:
        context = {"appeal": appeal, "event": event, "comment": appeal.ruling.comment}
        to, is_report = _whom(appeal.objector, appeal.address), not appeal.is_by_writer
        _post(f"comments/appeal_{event.verb}", event, appeal, to, context, in_confidence=is_report)


def tell_guest(event):
    """Send somebody from outside the address at which she decides about an objection."""
    appeal = event.appeal
    if event.detail["to"] == appeal.guest_email:
        address = settings.SITE_URL + appeal.guest_path()
        context, until = {"appeal": appeal, "address": address}, appeal.guest_until
        _post("comments/appeal_ask_guest", event, appeal, appeal.guest_email, context, lapses_at=until)


def ask_to_confirm(report):
    """Ask the holder of an address whether the report with it is hers."""
    address = settings.SITE_URL + report.confirm_path
    context, key = {"report": report, "address": address}, f"comments.confirm:{_hidden(report.pk)}"
    write(key, "comments/report_confirm", context, to=report.email, in_confidence=True)


def tell_of_answers(member):
    """Send one member one mail with everything she should hear now; no words of comments stand in it."""
    with transaction.atomic():
        if not (notices := Notice.take(member)):
            return
        address = settings.SITE_URL + MailChoice.path(member)
        context = {"person": member, "notices": notices, "address": address}
        headers = {"List-Unsubscribe": f"<{address}stop/>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        key = f"comments.answers:{notices[0].batch}"
        write(key, "comments/answers", context, to=called(person, member), headers=headers)


def _tell_person(template, event, reader, ruling, context, **wait):
    objection = ruling.path_for(reader) if ruling else ""
    context |= {"person": reader, "ruling": ruling, "objection": objection}
    _post(template, event, reader, called(person, reader), context, **wait)


def _whom(member, address):
    """Return whom a letter is for: a member wherever she is to be found, a guest at the address she gave."""
    return called(person, member) if member else address


def _tell_reporter(template, event, report, **wait):
    """Write to a reader who reported; the key of the letter leads nobody from her address to the comment."""
    key = f"comments.report:{_hidden(event._meta.label_lower, event.pk, report.pk)}"
    whom = _whom(report.reporter, report.address)
    write(key, template, {"report": report}, to=whom, answers="office desk", in_confidence=True, **wait)


def _hidden(*parts):
    return salted_hmac("comments.mail", ".".join(map(str, parts)), algorithm="sha256").hexdigest()[:32]


def _post(template, event, whom, to, context, **waiting):
    key = f"{_key(event)}{whom._meta.model_name}.{whom.pk}"
    write(key, template, context, to=to, answers="office desk", **waiting)


def _key(event):
    """Return how the keys of the letters about an event begin."""
    return f"{event._meta.label_lower}.{event.pk}."


def _wait(thing, event):
    """Return how long a letter about a move of a thing waits, if it does, so that it can be dropped until then."""
    return {"about": thing, "wait": settings.LETTERS_WAIT} if thing.machine[event.verb].waits else {}
