"""Why not: each is named for its complaint and returns "" or one sentence fit to show."""

from django.conf import settings
from django.utils import timezone

from accounts.permissions import is_administrator, is_editor, is_managing_editor
from articles import promises
from articles.declarations import is_declared, undeclared, was_commissioned
from articles.eligible import (
    asks_who_is,
    eligible_editors,
    is_published_by_another,
    other_publishers,
    stays_out,
    was_accepted_by,
)
from articles.signing import is_signed, signers, unsigned_by
from forum.lib.moves import CLOCK
from forum.lib.ties import is_conflicted

TOO_CLOSE = "You are too close to this piece to decide on it; another editor will."


def has_conflict(by, submission):
    """Nobody decides on a piece they wrote, are bylined on, are answered by, or declared a conflict with."""
    return TOO_CLOSE if is_conflicted(by, submission) else ""


def is_her_own(by, submission):
    """Nobody asks herself for a piece."""
    return TOO_CLOSE if submission.corresponding_author_id == by.pk else ""


def might_be_its_author(by, submission):
    """Whoever bears the name of one of its authors says first whether that is her; a name alone is no conflict."""
    if is_editor(by) and asks_who_is(by, submission):
        return "An author of this piece has your name. Say first, on the page of the piece, whether that is you."
    return ""


def is_too_close_to_print(by, submission):
    """What a guest has accepted may be seen into print by who could not decide on it; nothing else may."""
    if stays_out(by, submission):
        return "You are too close to this piece; another editor sees to it."
    return ""


def has_eligible_editor(by, submission):
    """A guest is asked only where nobody at the desk may decide."""
    if eligible_editors(submission).exists():
        return "Somebody at the desk can decide on this piece. A guest is asked only where nobody can."
    return ""


def has_a_guest(by, submission):
    """Nobody goes on asking guests until one says yes; by now the row says where it came from."""
    is_waiting = submission.came_from == "in_review" and submission.due_at and submission.due_at > timezone.now()
    if is_waiting and not is_administrator(by):
        return f"A guest was asked already and has until {timezone.localtime(submission.due_at):%-d %B}."
    return ""


def has_no_other_publisher(by, submission):
    """A managing editor publishes her own piece only when no other could."""
    if not is_conflicted(by, submission):
        return ""
    if other_publishers(submission, by).exists():
        return "You are too close to this piece to publish it; another managing editor will."
    return ""


def accepted_it(by, submission):
    """Where the rule holds, whoever accepted a piece leaves its publication to another."""
    if was_accepted_by(by, submission) and is_published_by_another():
        return (
            "You accepted this piece, so another managing editor publishes it. If that cannot be, "
            "choose “Publish all the same” and say why."
        )
    return ""


def gives_publishing_away(by, submission):
    """Said before a piece is accepted: where the rule holds, a managing editor who accepts does not publish."""
    undecided = submission.state.undecided
    if not (undecided and is_managing_editor(by) and is_published_by_another()):
        return ""
    if other_publishers(submission, by).exists():
        return "Whoever accepts a piece does not publish it: if you accept this one, another managing editor will."
    return (
        "Whoever accepts a piece does not publish it, and nobody but you could publish this one. "
        "Leave the decision on it to somebody else, so that you can."
    )


def is_handled_by_another(by, submission):
    """Once somebody handles a piece, the others leave it to her."""
    if submission.editor_id and submission.editor_id != getattr(by, "pk", None):
        return f"{submission.editor.name} is handling this piece."
    return ""


def is_incomplete(by, submission):
    """A piece is sent in with a title, a text, a name, a biography and its declarations."""
    missing = _missing(submission)
    return f"Still missing: {', '.join(missing)}." if missing else ""


def _missing(submission):
    """Return what is still needed before this can be sent in, in plain words."""
    byline = submission.bylines.first()
    needed = [
        (submission.title, "a title"),
        (submission.words, "the text"),
        (byline and byline.name, "your name as printed"),
        (byline and byline.biography, "two lines of biography"),
    ]
    is_sent_in_already = submission.state.accepted  # or an editor began it, and asks nobody
    lacking = [] if is_sent_in_already else undeclared(submission)
    return [words for have, words in needed if not have] + lacking


def is_too_long(by, submission):
    """The hard cap on a manuscript; the limits of the kinds are advice."""
    if submission.words > submission.MOST_WORDS:
        return f"A piece has at most {submission.MOST_WORDS:,} words; this one has {submission.words:,}."
    return ""


def has_open_points(by, submission):
    """What must change is answered for before the piece goes back."""
    numbers = [str(point.number) for point in submission.letters.points_asked() if point.is_open]
    if not numbers:
        return ""
    which = f"point {numbers[0]}" if len(numbers) == 1 else f"points {', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"Say first what you did about {which}: what the editor marked “must” needs an answer."


def is_unclassified(by, submission):
    """A proof shows what will be printed, so the kind and a topic must be there."""
    if not submission.kind_id:
        return "Choose what kind of piece this is first."
    if not submission.primary_topic_id:
        return "Choose at least one topic first."
    return ""


def has_unready_pictures(by, submission):
    """Pictures are prepared in the background; nothing is printed without them."""
    unready = [p for p in submission.pictures.as_they_stand() if not p.ready_at and p.key in submission.body]
    for failed in filter(lambda picture: picture.failure, unready):
        return f"A picture could not be read. {failed.failure} Otherwise take it out of the text first."
    for kept in filter(lambda picture: picture.setback, unready):
        return f"A picture is not ready yet. {kept.setback}"
    return "A picture is still being prepared. Try again in a minute." if unready else ""


def was_extended(by, submission):
    """One extension, and then the editor decides."""
    return "The date was moved once already. Please write to your editor." if submission.extended else ""


def is_early_for_the_clock(by, submission):
    """Nobody's date moves by itself before it has passed."""
    return "Not yet." if by is CLOCK and not promises.has_passed(submission.due_at) else ""


def was_reminded(by, submission):
    """One reminder for each date."""
    return "" if promises.has_passed(submission.remind_at) else "Not now."


def is_not_late(by, submission):
    """What is promised for later needs no apology."""
    return "" if promises.has_passed(submission.due_at) else "Not yet."


def was_apologised_for(by, submission):
    """A third apology for the same thing would be worth nothing; from then on it is for the managing editors."""
    return "That was said often enough." if submission.apologies >= settings.PROMISES["most_apologies"] else ""


def is_not_overdue(by, submission):
    """A piece lapses only long after its date."""
    return "" if promises.has_passed(submission.lapses_at) else "Not yet."


def is_unsigned(by, submission):
    """What is published is, to the letter, what its authors approved."""
    return "" if is_signed(submission) else "The text differs from the one its author approved."


def is_public_already(by, submission):
    """What readers have seen is corrected or retracted in the open, never taken back."""
    article = getattr(submission, "article", None)
    if article and article.published_at <= timezone.now():
        return "Readers can see this piece already."
    return ""


def is_undeclared(by, submission):
    """Who was asked for a piece agrees and declares before anybody approves it."""
    if was_commissioned(submission) and not is_declared(submission):
        return "Its author has to agree to it and declare about it first."
    return ""


def is_approved_by_somebody(by, submission):
    """What is declared, and how authors are printed, is part of the text that is approved."""
    if submission.status == "proof" and unsigned_by(submission) != signers(submission):
        return "Somebody has approved this exact text. Ask the editors for a correction first."
    return ""


def is_without_consent(by, submission):
    """Nobody's name is printed over a piece she has not agreed to."""
    names = [byline.name for byline in submission.bylines.without_consent()]
    if not names:
        return ""
    has = "has" if len(names) == 1 else "have"
    return f"{', '.join(names)} {has} not agreed to be printed. Wait for the answer, or change the authors as printed."


def has_approved(by, submission):
    """Nobody approves the same text twice."""
    if by.pk in signers(submission) and by.pk not in unsigned_by(submission):
        return "You have approved this exact text already. There is nothing more to do."
    return ""


def waits_for_others(by, submission):
    """The last signature is the one that finishes a proof."""
    others = unsigned_by(submission) - {getattr(by, "pk", None)}
    return "Other authors still have to approve this text." if others else ""


def was_announced(by, article):
    """An article is announced once, when readers can see it."""
    if article.announced_at or article.published_at > timezone.now():
        return "Not now."
    return ""


def is_still_to_come(by, article):
    """Until readers can see it, a piece stays the text its authors approved."""
    if article.published_at > timezone.now():
        return "Readers cannot see this piece yet. To change it, call off its publication first."
    return ""


def wrote_it(by, article):
    """Nobody corrects, retracts or removes their own piece."""
    if article.written_by(by):
        return "You wrote this piece; another editor decides about it."
    return ""


def is_about_own_piece(by, message):
    """Nobody settles what readers say of a piece she is too close to."""
    return has_conflict(by, message.article.submission) if message.article else ""


def is_too_close(by, article):
    """A conflict of interest does not end with publication: not for answers to one's own piece either."""
    return has_conflict(by, article.submission) or might_be_its_author(by, article.submission)
