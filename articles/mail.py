"""Letters about pieces: one template for each move that tells somebody something."""

import secrets
from copy import copy

from django.utils.crypto import salted_hmac

from accounts.models import Delivery, User
from articles.models.edition import Change
from articles.workflow import AUTHOR, CO_AUTHOR, EDITOR, MANAGING, PERSON, TO_PRINT, TO_THE_DESK
from forum.lib.mail import compose
from forum.pages.models import Holiday, SiteSettings


def template_for(verb, audience):
    """Return the template of a verb's letter: all but the author's and one person's say in their names to whom."""
    return f"articles/{verb}_{audience}" if audience in (*TO_THE_DESK, CO_AUTHOR) else f"articles/{verb}"


def tell_about_submission(event, audience):
    """Tell those a move promises it to, each in a letter of her own; return the first mail, or None."""
    if audience == AUTHOR and not _author_should_hear(event):
        return None
    if audience == MANAGING:
        _tell_managing_editors(event)
        return None
    if event.verb == "write_editor" and not event.submission.editor_id:
        return _tell_the_desk(event)
    posts = [_tell(event, audience, person) for person in _readers(event, audience)]
    return posts[0] if posts else None


def _tell(event, audience, person):
    piece = event.submission
    at = addressed(piece, person)
    context = {"submission": at, "event": event, "letter": _letter(event), "person": person}
    context |= {"article": getattr(piece, "article", None), "holiday": _holiday(event)}
    context["receipt"] = piece.receipt(event)
    context["notes"] = _notes(event) if audience == AUTHOR else []
    context["points"] = piece.points_asked() if event.verb in ("ask_for_changes", "resubmit") else []
    several = f".{person.pk}" if audience == CO_AUTHOR else ""
    template = "articles/guest" if piece.is_with_guest(person) and audience == EDITOR else None
    reply_to = _answers_to(event, audience)
    return _post(event, f"{audience}{several}", person.email, context, reply_to=reply_to, template=template)


def _tell_the_desk(event):
    """Tell the desk's own address that a message waits; what it says is read where conflicts are known."""
    address = SiteSettings.get().desk
    context = {"submission": event.submission, "event": event}
    return _post(event, EDITOR, address, context, reply_to=address) if address else None


def _readers(event, audience):
    """Return who is told: nobody hears from us what she did herself at the desk, nor of a step she has taken."""
    piece = event.submission
    if audience in (AUTHOR, CO_AUTHOR):
        people = [piece.corresponding_author] if audience == AUTHOR else piece.co_authors()
        return people if event.verb != "remind" else [person for person in people if piece.waits_for(person)]
    person = _named(event) if audience == PERSON else _desk(event)
    return [person] if person and (audience == PERSON or person.pk != event.actor_id) else []


def _tell_managing_editors(event):
    piece = event.submission
    for person in piece.eligible_publishers():
        context = {"submission": piece, "article": getattr(piece, "article", None), "event": event, "person": person}
        _post(event, f"{MANAGING}.{person.pk}", person.email, context, reply_to=_editor_address(piece))


def tell_about_article(event, audience):
    """Tell the author what happened to her published piece; a typing error is not worth a letter."""
    if event.detail.get("change") == Change.TYPO:
        return
    article = event.article
    piece = article.submission
    person = piece.corresponding_author
    context = {"submission": addressed(piece, person), "article": article, "event": event, "person": person}
    _post(event, audience, person.email, context, reply_to=_editor_address(piece))


def tell_about_message(event, audience):
    """Send whoever wrote to the editors their answer."""
    message = event.message
    if message.email:
        context = {"message": message, "event": event}
        _post(event, audience, message.email, context, reply_to=SiteSettings.get().office)


def send_fresh_link(invitation):
    """Send whoever was invited a link that works again, because somebody opened an old one."""
    piece, person = invitation.submission, invitation.person
    context = {"submission": addressed(piece, person), "person": person}
    message = compose("articles/send_link", context, to=person.email, reply_to=_editor_address(piece))
    Delivery.post(f"articles.fresh_link:{secrets.token_hex(12)}", message)


def tell_of_no_judge(piece):
    """Tell the administrators, once each, that a piece waits on which nobody at the desk may decide."""
    for person in User.objects.administrators():
        message = compose("articles/no_judge", {"submission": piece, "person": person}, to=person.email)
        Delivery.post(f"articles.no_judge:{piece.pk}:{person.pk}", message)


def addressed(piece, person):
    """Return the piece as a letter to this person names it: at her personal link, if she was invited to it."""
    invitation = piece.invitations.filter(person=person).first()
    if invitation:
        piece = copy(piece)
        piece.get_absolute_url = invitation.path
    return piece


def tell_about_safety(event, audience):
    """Say to those who may answer, or to whoever asked, that there is something to read, and nothing of what it is.

    Where nobody may, the administrators hear that they have to name somebody. The key tells nobody at the post
    office what the letter is about.
    """
    request = event.request
    people, template = [request.asker], template_for(event.verb, audience)
    if audience != AUTHOR:
        people = User.objects.filter(pk__in=request.officers)
    if not people:
        people, template = User.objects.administrators().exclude(pk=request.asker_id), "articles/no_officer"
    for person in people:
        letter = compose(template, {"request": request, "person": person}, to=person.email)
        key = salted_hmac("articles.safety", f"{event.pk} {person.pk}").hexdigest()
        Delivery.post(f"notice:{key}", letter)


def _letter(event):
    """Return the letter written with this very move, not with an earlier one of the same name."""
    before = event.submission.events.filter(pk__lt=event.pk).last()
    letters = event.submission.letters.filter(verb=event.verb, at__lte=event.at)
    return letters.filter(at__gte=before.at).last() if before else letters.last()


def _holiday(event):
    """Return the holiday a date was moved for, or the one that is near."""
    moved_for = event.detail.get("holiday")
    return Holiday.objects.filter(pk=moved_for).first() if moved_for else Holiday.objects.near()


def _notes(event):
    """Return the notes that left with this very move."""
    before = event.submission.events.filter(pk__lt=event.pk).last()
    return event.submission.author_notes.left_between(before.at, event.at) if before else []


def _author_should_hear(event):
    article = getattr(event.submission, "article", None)
    return event.verb not in TO_PRINT or (article and not article.is_out)


def _desk(event):
    piece = event.submission
    return _named(event) if event.verb in ("assign", "reassign", "hold_back") and "to" in event.detail else piece.editor


def _named(event):
    return User.objects.get(pk=event.detail["to"])


def _answers_to(event, audience):
    """Return where an answer goes: to the author where she wrote to her editor, otherwise to who handles the piece."""
    piece = event.submission
    has_editor = piece.editor_id and piece.editor_id != piece.guest_id  # whose answer would say who she is
    if event.verb == "write_editor" and has_editor and audience == EDITOR:
        return piece.corresponding_author.email
    return _editor_address(piece)


def readdress(piece):
    """Let mails to the author that have not left yet ask for answers to whoever handles the piece now."""
    events = piece.events.values_list("pk", flat=True)
    keys = [_key("articles.submissionevent", pk, AUTHOR) for pk in events]
    Delivery.objects.filter(key__in=keys, sent_at=None).update(reply_to=_editor_address(piece))


def _key(kind, pk, audience):
    return f"{kind}.{pk}.{audience}"


def _editor_address(piece):
    settings = SiteSettings.get()
    if piece.editor_id and piece.editor_id == piece.guest_id:  # whose address is hers alone
        return settings.office
    return piece.editor.email if piece.editor_id else settings.desk


def _post(event, audience, to, context, *, reply_to, template=None):
    key = _key(event._meta.label_lower, event.pk, audience)
    template = template or template_for(event.verb, audience.partition(".")[0])
    message = compose(template, context, to=to, reply_to=reply_to)
    return Delivery.post(key, message)
