"""Letters about pieces: one template for each move that tells somebody something."""

import secrets
from copy import copy

from django.utils.crypto import salted_hmac

from accounts.addressing import called
from accounts.mail import administrator, person, write
from accounts.models import User
from articles.addressees import at_the_desk, editors_about, safety_officer
from articles.models.private.awaiting import goes_by
from articles.models.public.edition import KindOfChange
from articles.readership import ASKING, answers_to, authors, is_moot, readers, was_guest
from articles.standing import Standing
from articles.story import receipt
from articles.workflow import AUTHOR, CO_AUTHOR, EDITOR, FORMER, MANAGING, TO_THE_DESK
from forum.pages.models import Holiday

LEADING_THERE = ["announce", "amend", "restore"]
"""What is told of a published piece with its address, and not once it was removed."""

IN_THE_SAME_WORDS = {"announce", "amend", "retract", "remove", "restore", "reschedule", "unschedule"}


def template_for(verb, audience):
    """Return the template of a verb's letter: all but the author's and one person's say in their names to whom."""
    if audience == CO_AUTHOR and verb in IN_THE_SAME_WORDS:
        return f"articles/{verb}"
    return f"articles/{verb}_{audience}" if audience in (*TO_THE_DESK, CO_AUTHOR) else f"articles/{verb}"


def tell_about_submission(event, audience):
    """Tell those a move promises it to, each in a letter of her own; return the first mail, or None."""
    if is_moot(event, audience):
        return None
    if event.verb == "write_editor" and not event.submission.editor_id:
        _tell_the_desk(event)
        return None
    posts = [_tell(event, audience, reader, to) for reader, to in readers(event, audience)]
    return posts[0] if posts else None


def _tell(event, audience, reader, to):
    piece = event.submission
    context = {**named(piece, reader), "event": event, "letter": _letter(event)}
    context |= {"article": getattr(piece, "article", None), "holiday": _holiday(event)}
    context |= {"receipt": receipt(piece, event), "standing": Standing(piece, reader)}
    context["notes"] = _notes(event) if audience == AUTHOR else []
    context["points"] = piece.letters.points_asked() if event.verb in ("ask_for_changes", "resubmit") else []
    context["vouched"] = _vouched(event, audience, context)
    is_guest = audience in (EDITOR, FORMER) and was_guest(piece, reader)
    template = "articles/guest" if is_guest else None
    key, answers = _addressee(audience, reader), answers_to(event, audience)
    return _post(event, key, to, context, answers=answers, template=template)


def _vouched(event, audience, context):
    """Return the words whose links may be pressed: an editor's to her author, and the address of who names somebody."""
    if event.verb == "ask_consent":
        return event.actor.email
    if audience != AUTHOR:
        return ""
    letters = [context["letter"]] if context["letter"] and not context["letter"].is_from_author else []
    return " ".join(said.text for said in [*letters, *context["points"], *context["notes"]])


def _addressee(audience, reader):
    """Return what tells this letter about an event from the others: some audiences are several people."""
    return f"{audience}.{reader.pk}" if audience in (CO_AUTHOR, MANAGING) else audience


def _tell_the_desk(event):
    """Tell whoever is at the desk that a message waits; what it says is read where conflicts are known."""
    context = {"submission": event.submission, "event": event}
    for number, to in enumerate(at_the_desk(event.submission)):
        _post(event, f"{EDITOR}.{number}", to, context)


def tell_about_article(event, audience):
    """Tell each of its authors what happened to a published piece; a typing error is not worth a letter."""
    if event.detail.get("change") == KindOfChange.TYPO:
        return
    article = event.article
    piece = article.submission
    if not article.state.readable and event.verb in LEADING_THERE:
        return
    for reader in authors(piece, audience):
        context = {**named(piece, reader), "article": article, "event": event, "vouched": event.note}
        to, answers = called(person, reader), editors_about(piece)
        _post(event, _addressee(audience, reader), to, context, answers=answers)


def tell_about_message(event, audience):
    """Send whoever wrote to the editors their answer."""
    message = event.message
    if message.email:
        context = {"message": message, "event": event, "vouched": message.answer_text}
        _post(event, audience, message.email, context, answers="office desk")


def send_fresh_link(invitation):
    """Send whoever was invited a link that works again, because somebody opened an old one."""
    piece, reader = invitation.submission, invitation.person
    context = named(piece, reader)
    key, answers = f"articles.fresh_link:{secrets.token_hex(12)}", editors_about(piece)
    write(key, "articles/send_link", context, to=called(person, reader), answers=answers)


def tell_of_no_judge(piece):
    """Tell the administrators, once each, that a piece waits on which nobody at the desk may decide."""
    for reader in User.objects.administrators():
        context, key = {"submission": piece, "person": reader}, f"articles.no_judge:{piece.pk}:{reader.pk}"
        write(key, "articles/no_judge", context, to=called(administrator, reader))


def named(piece, reader):
    """Return the piece and its reader as a letter to her names them: at her personal link, if she was invited to it."""
    invitation, greeted = piece.invitations.filter(person=reader).first(), copy(reader)
    greeted.name = goes_by(piece, reader)
    if invitation:
        piece = copy(piece)
        piece.get_absolute_url = invitation.path
    return {"submission": piece, "person": greeted}


def tell_about_safety(event, audience):
    """Say to those who may answer, or to whoever asked, that there is something to read, and nothing of what it is.

    Where nobody may, the administrators hear that they have to name somebody. The key tells nobody at the post
    office what the letter is about.
    """
    request = event.request
    if audience == AUTHOR:
        _tell_of_safety(event, request.asker, template_for(event.verb, audience), called(person, request.asker))
        return
    for reader in User.objects.filter(pk__in=request.officers):
        _tell_of_safety(event, reader, template_for(event.verb, audience), called(safety_officer, request, reader))
    if not request.officers:
        for reader in User.objects.administrators().exclude(pk=request.asker_id):
            _tell_of_safety(event, reader, "articles/no_officer", called(administrator, reader))


def _tell_of_safety(event, reader, template, to):
    key = salted_hmac("articles.safety", f"{event.pk} {reader.pk}").hexdigest()
    write(f"notice:{key}", template, {"request": event.request, "person": reader}, to=to)


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


def _post(event, audience, to, context, *, answers="", template=None):
    key = f"{event._meta.label_lower}.{event.pk}.{audience}"
    template = template or template_for(event.verb, audience.partition(".")[0])
    return write(key, template, context, to=to, answers=answers, lapses_at=_lapses_at(event))


def _lapses_at(event):
    """Return when a letter is too late: a reminder that was written in time, once its date has passed."""
    due = event.submission.due_at if event.verb in ASKING else None
    return due if due and due > event.at else None
