"""Why not: each is named for its complaint and returns "" or one sentence fit to show."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.names import alike
from forum.lib.moves import Guest
from forum.lib.ties import is_conflicted, people_too_close

APPEAL_WITHIN = timedelta(days=183)
EDIT_WITHIN = timedelta(minutes=15)


def is_closed(by, comment):
    """A closed discussion takes no new comment; reporting and withdrawing still work."""
    return "" if comment.discussion.is_open else "This discussion is closed."


def is_below_nothing(by, comment):
    """Below a removed piece nothing appears."""
    if not comment.is_out_of_public:
        return ""
    return "The piece was removed, and its discussion with it. Decide once it is restored."


def is_paused(by, comment):
    """Whoever is kept from writing is told so, with the end and the reason, and loses no text."""
    sanction = comment.silenced
    if sanction is None:
        return ""
    until = f" until {sanction.ends}" if sanction.ends else ""
    return f"The editors have decided that you cannot write comments{until}: {sanction.ruling.reason}"


def is_nameless(by, comment):
    """A comment stands under a name."""
    if comment.author.name or comment.speaks_as_id:
        return ""
    return "Your account has no name yet. Give it one on the page “Your account”, then post this again."


def goes_by_the_authors_name(by, comment):
    """Under a piece, nobody but its author speaks under her name; elsewhere every namesake keeps it."""
    article, name = comment.discussion.article, comment.author.name
    printed = [] if comment.speaks_as_id else article.names_in_print()
    if not any(alike(name, other) for other in printed) or article.written_by(comment.author):
        return ""
    mine = "The author of this piece goes by the name of your account, so you would be taken for each other here."
    return f"{mine} Choose another on the page “Your account”, then post this again. If you are both, write to us."


def answers_nothing_shown(by, comment):
    """An answer needs something that readers can see."""
    if comment.answers_id is None or comment.discussion.comments.shown().filter(pk=comment.answers_id).exists():
        return ""
    return "The comment you answer is not shown any more. You can post yours without the reference to it."


def is_past_editing(by, comment):
    """A comment can be changed for a quarter of an hour."""
    if comment.written_at + EDIT_WITHIN < timezone.now():
        return f"A comment can be changed for {EDIT_WITHIN.seconds // 60} minutes. You can still withdraw it."
    return ""


def was_answered(by, comment):
    """What somebody has answered stays as it was answered."""
    return "Somebody has answered this comment, so its words stay." if comment.answered_by.exists() else ""


def was_reported(by, comment):
    """What was reported stays as it was reported, until that is decided."""
    return "The editors are reading this comment, so its words stay." if comment.cases.exists() else ""


def was_decided(by, comment):
    """What a moderator has read stays as she read it."""
    read = comment.events.filter(verb__in=["approve", "approve_and_trust"]).exists()
    return "The editors have read this comment, so its words stay." if read or comment.rulings.exists() else ""


def was_hidden_already(by, comment):
    """Words are hidden for a while once, by whomever; then somebody decides."""
    hidden = comment.current.rulings.filter(verb="hide").exists()
    return "These words were hidden for a while before. Decide about them now." if hidden else ""


def was_read_already(by, comment):
    """What a person has read and left is not hidden by a machine."""
    if isinstance(by, User | Guest):
        return ""
    left = comment.current.rulings.filter(verb__in=["keep", "restore"]).exists()
    return "Somebody has read these words and left them." if left or _was_approved(comment) else ""


def _was_approved(comment):
    approved = comment.events.filter(verb__in=["approve", "approve_and_trust"], at__gte=comment.current.at)
    return bool(comment.current.held_for) and approved.exists()


def was_reversed(by, comment):
    """Whose decision about these words was reversed does not decide about them again."""
    if not isinstance(by, User):
        return ""
    if comment.current.rulings.filter(by=by, appeals__status="reversed").exists():
        return "Your decision about these words was reversed on an objection; somebody else decides now."
    return ""


def has_no_earlier_wording(by, comment):
    """There is something to take out of sight."""
    return "" if comment.wordings().exists() else "No earlier wording is shown."


def is_too_close(by, comment):
    """Nobody decides on their own comment or in the discussion of their own piece."""
    if not isinstance(by, User) or not is_conflicted(by, comment):
        return ""
    if comment.author_id == by.pk:
        return "You wrote this comment; another moderator decides about it."
    return "This discussion is about your own piece; another moderator decides here."


def is_out_of_sight(by, comment):
    """Only what readers can see is made into a letter."""
    seen = comment.is_shown and not comment.is_out_of_public
    return "" if seen else "Readers cannot see this comment now, so no letter is made of it."


def speaks_as_author(by, comment):
    """Who stands behind the name printed above a piece is not given away by asking for a letter."""
    return "Its writer is an author of the piece. Write to the author from there." if comment.is_by_author else ""


def has_left(by, comment):
    """Nobody is invited whose account is closed."""
    return "" if comment.author.is_active else "The account of its writer is closed, so nobody could be asked."


def is_unreported(by, comment):
    """Only a report can be answered by keeping the comment."""
    return "" if comment.cases.filter(status="open").exists() else "No report waits for an answer here."


def was_not_asked(by, comment):
    """A comment is reworded when an editor asked for it, and not while it is only hidden for a while."""
    return "The editors have not asked for another wording." if comment.hidden_until else ""


def is_too_close_to_reported(by, case):
    """The same for a report as for the comment it is about."""
    return is_too_close(by, case.comment)


def is_own(by, case):
    """One's own comment is withdrawn, not reported."""
    return "This is your own comment. You can withdraw it." if case.comment.author_id == getattr(by, "pk", None) else ""


def is_not_shown(by, case):
    """What readers cannot see cannot be reported."""
    return "" if case.comment.is_shown else "This comment is not shown now, so there is nothing to report."


def was_replaced(by, case):
    """A report is about the words that stand there now, so that its writer and the desk read the same."""
    if case.revision_id == case.comment.current_id:
        return ""
    return "This comment was changed while you were reporting it. Please read it as it is now, and report that."


def was_kept(by, case):
    """A text that was read for one complaint and stays is not read for the same complaint again."""
    kept = case.revision.cases.filter(status="kept", reports__reason=case.reason)
    left = case.revision.rulings.filter(verb__in=["keep", "restore"], rule__slug=case.reason)
    if kept.exists() or left.exists():
        return "The editors have already read this comment for this reason, and it stays."
    return ""


def is_too_late(by, appeal):
    """A decision can be objected to for half a year."""
    if appeal.ruling.at + APPEAL_WITHIN < timezone.now():
        return "This decision is more than half a year old and stands."
    return ""


def has_objected(by, appeal):
    """One objection to each decision from each person."""
    who = {"objector": by} if appeal.report is None else {"report": appeal.report}
    if appeal.ruling.appeals.filter(**who).exclude(pk=appeal.pk).exists():
        return "You have objected to this decision already."
    return ""


def decided_it(by, appeal):
    """Nobody decides about an objection to their own decision, or so close to the discussion."""
    if not isinstance(by, User) or not is_conflicted(by, appeal):
        return ""
    if appeal.ruling.by_id == by.pk:
        return "You made this decision; somebody else looks at the objection."
    if appeal.objector_id == by.pk:
        return "This is your own objection; somebody else looks at it."
    words = "You have decided about these words before; somebody else looks at the objection."
    return is_too_close(by, appeal.ruling.comment) or words


def somebody_may_decide(by, appeal):
    """A guest is asked only where nobody at the desk may decide."""
    free = appeal.deciders().first()
    return f"{free} at the desk can decide this, so no guest is needed." if free else ""


def is_party_to_it(guest, appeal):
    """Who wrote the comment or the piece, objected or decided before is not asked; which of them it is stays unsaid."""
    strangers = [appeal.ruling.guest, appeal.report.email if appeal.report else ""]
    known = User.objects.at_address(guest.email).filter(pk__in=people_too_close(appeal))
    if guest.email.lower() in map(str.lower, strangers) or known.exists():
        return "This address belongs to somebody the decision is about, or who had a hand in it. Ask somebody else."
    return ""


def is_too_close_to_sanctioned(by, sanction):
    """The same for a sanction as for the comment it rests on."""
    return is_too_close(by, sanction.comment)


def holds_already(by, sanction):
    """One sanction of a kind at a time."""
    same = sanction.user.sanctions.in_force().filter(level=sanction.level)
    return "This holds against this person already. Lift it first." if same.exclude(pk=sanction.pk).exists() else ""


def is_of_the_desk(by, sanction):
    """People at the desk are not sanctioned here: that is for the administrator."""
    at_desk = User.objects.moderators().filter(pk=sanction.user_id).exists()
    return "People at the desk are not sanctioned here. Ask the administrator." if at_desk else ""


def has_no_words(by, word_list):
    """A list has at least one word."""
    return "" if word_list.entries else "There is no word in this list."
