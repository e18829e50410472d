"""Letters about pieces: one template for each move that tells somebody something."""

from accounts.models import Delivery, User
from articles.models.edition import Change
from articles.workflow import AUTHOR, EDITOR, MANAGING, TO_PRINT, TO_THE_DESK
from forum.lib.mail import compose
from forum.pages.models import Holiday, SiteSettings


def template_for(verb, audience):
    """Return the template of a verb's letter: those to the desk say in their names to whom."""
    return f"articles/{verb}_{audience}" if audience in TO_THE_DESK else f"articles/{verb}"


def tell_about_submission(event, audience):
    """Tell the author or the handling editor what happened to a piece."""
    piece = event.submission
    if audience == AUTHOR and not _author_should_hear(event):
        return
    if audience == MANAGING:
        _tell_managing_editors(event)
        return
    person = piece.corresponding_author if audience == AUTHOR else _desk(event)
    if not person or (person.pk == event.actor_id and audience == EDITOR):
        return
    context = {"submission": piece, "event": event, "letter": _letter(event), "person": person}
    context |= {"article": getattr(piece, "article", None), "holiday": _holiday(event)}
    context["points"] = piece.points_asked() if event.verb in ("ask_for_changes", "resubmit") else []
    _post(event, audience, person.email, context, reply_to=_editor_address(piece))


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
    context = {"submission": piece, "article": article, "event": event, "person": piece.corresponding_author}
    _post(event, audience, piece.corresponding_author.email, context, reply_to=_editor_address(piece))


def tell_about_message(event, audience):
    """Send whoever wrote to the editors their answer."""
    message = event.message
    if message.email:
        context = {"message": message, "event": event}
        _post(event, audience, message.email, context, reply_to=SiteSettings.get().office)


def _letter(event):
    """Return the letter written with this very move, not with an earlier one of the same name."""
    before = event.submission.events.filter(pk__lt=event.pk).last()
    letters = event.submission.letters.filter(verb=event.verb, at__lte=event.at)
    return letters.filter(at__gte=before.at).last() if before else letters.last()


def _holiday(event):
    """Return the holiday a date was moved for, or the one that is near."""
    moved_for = event.detail.get("holiday")
    return Holiday.objects.filter(pk=moved_for).first() if moved_for else Holiday.objects.near()


def _author_should_hear(event):
    article = getattr(event.submission, "article", None)
    return event.verb not in TO_PRINT or (article and not article.is_out)


def _desk(event):
    piece = event.submission
    if event.verb in ("assign", "reassign", "hold_back") and "to" in event.detail:
        return User.objects.get(pk=event.detail["to"])
    return piece.editor


def _editor_address(piece):
    return piece.editor.email if piece.editor_id else SiteSettings.get().desk


def _post(event, audience, to, context, *, reply_to):
    key = f"{event._meta.label_lower}.{event.pk}.{audience}"
    message = compose(template_for(event.verb, audience.partition(".")[0]), context, to=to, reply_to=reply_to)
    Delivery.post(key, message)
