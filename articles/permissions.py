"""Who may: each answers for `(user, thing)`; machines and guests are nobody unless named."""

from accounts.models import User
from accounts.permissions import is_administrator, is_editor, is_managing_editor, is_moderator
from articles.declarations import was_commissioned
from articles.eligible import asks_who_is, is_with_guest, is_written_by, stays_out
from articles.guards import accepted_it
from articles.signing import signers
from forum.lib.moves import CLOCK, Guest
from forum.lib.ties import is_conflicted


def is_anyone(by, thing):
    """Everybody may, with or without an account."""
    return isinstance(by, User | Guest)


def is_member(by, thing):
    """Somebody with an account of her own."""
    return isinstance(by, User) and by.is_active and not by.is_invited


def is_clock(by, thing):
    """Only time itself may."""
    return by is CLOCK


def is_author(by, submission):
    """The corresponding author: the one person who sent this piece in."""
    return isinstance(by, User) and submission.corresponding_author_id == by.pk


def is_author_or_clock(by, submission):
    """The corresponding author, or time itself where she did not ask."""
    return is_author(by, submission) or is_clock(by, submission)


def was_asked_for(by, submission):
    """The author of a piece that an editor commissioned."""
    return is_author(by, submission) and was_commissioned(submission)


def names_authors(by, submission):
    """Who says whose names stand on a piece: the author who sent it in, and its editor."""
    return is_author(by, submission) or is_handling_editor(by, submission)


def is_asked(by, submission):
    """Somebody named as co-author who has not answered yet."""
    return _said(by, submission) == "asked"


def has_agreed(by, submission):
    """A co-author who has agreed to be printed."""
    return _said(by, submission) == "yes"


def is_named(by, submission):
    """Somebody named as co-author who has not said no."""
    return _said(by, submission) in ("asked", "yes")


def _said(by, submission):
    named = (byline for byline in submission.bylines.all() if byline.person_id is not None)
    return next((byline.consent for byline in named if byline.person_id == getattr(by, "pk", None)), None)


def is_handling_editor(by, submission):
    """Who took this piece up, for as long as that person is an editor; or the guest who was asked to decide."""
    return (is_editor(by, submission) and submission.editor_id == by.pk) or is_with_guest(by, submission)


def may_note(by, submission):
    """Who reads and writes in the margin: an editor who is not too close to the piece."""
    return is_editor(by) and submission.status != "draft" and not is_conflicted(by, submission)


def may_note_for_author(by, submission):
    """Who may still tell the author something there: her editor, while the piece is under way."""
    is_hers = may_note(by, submission) and is_handling_editor(by, submission)
    return is_hers and submission.state.handled and submission.state.under_way


def may_write(by, submission):
    """Who may change the text now: the author on her turn, the editor while editing."""
    if submission.status == "draft" and submission.corresponding_author_id is None:
        return isinstance(by, User | Guest)
    if submission.state.writer == "author":
        return is_author(by, submission)
    return submission.state.writer == "editor" and is_handling_editor(by, submission) and not stays_out(by, submission)


def may_send(by, submission):
    """Who may send a file now: whoever may change the text, and the author who has the proof."""
    return may_write(by, submission) or (submission.status == "proof" and is_author(by, submission))


def puts_back(by, submission):
    """The handling editor, or a managing editor in her place."""
    return is_handling_editor(by, submission) or is_managing_editor(by, submission)


def sends_links(by, submission):
    """The handling editor, where somebody was invited by a personal link."""
    return is_handling_editor(by, submission) and submission.invitations.exists()


def is_namesake(by, submission):
    """An editor who bears the name of one of its authors, and has not said yet whether that is her."""
    return is_editor(by) and asks_who_is(by, submission)


def decides(by, submission):
    """An editor, or the guest who was asked to decide."""
    return is_editor(by, submission) or is_with_guest(by, submission)


def asks_guests(by, submission=None):
    """Who may ask a guest to decide where nobody at the desk may: a managing editor or an administrator."""
    return is_managing_editor(by) or is_administrator(by)


def must_override(by, submission):
    """A managing editor whom only the rule that whoever accepts does not publish keeps from publishing."""
    return is_managing_editor(by) and bool(accepted_it(by, submission))


def may_publish_by_hand(by, submission):
    """A managing editor, where approval is to publish the piece."""
    return is_managing_editor(by, submission) and submission.publisher_id is not None


def is_one_of_its_authors(by, request):
    """One of the people who wrote the piece this is about."""
    return isinstance(by, User) and is_written_by(by, request.submission)


def is_safety_officer(by):
    """One of the staff whom the administrator named."""
    return isinstance(by, User) and by.is_active and by.is_staff and by.is_named_officer


def may_answer_safety(by, thing=None):
    """A safety officer, or a managing editor, on whom it falls where no officer is far enough from a piece."""
    return is_safety_officer(by) or is_managing_editor(by)


def answers_safety(by, request):
    """One of those who see this request."""
    return isinstance(by, User) and by.pk in request.officers


def speaks_for_desk(by, submission):
    """Who may write to the author: her editor, a managing editor, and any editor while nobody handles the piece."""
    if is_handling_editor(by, submission) or is_managing_editor(by, submission):
        return True
    return is_editor(by, submission) and submission.editor_id is None


def must_sign(by, submission):
    """One of the people without whose approval the piece is not printed."""
    return isinstance(by, User) and by.pk in signers(submission)


__all__ = [
    "answers_safety",
    "asks_guests",
    "decides",
    "has_agreed",
    "is_anyone",
    "is_asked",
    "is_author",
    "is_author_or_clock",
    "is_clock",
    "is_editor",
    "is_handling_editor",
    "is_managing_editor",
    "is_member",
    "is_moderator",
    "is_named",
    "is_namesake",
    "is_one_of_its_authors",
    "is_safety_officer",
    "may_answer_safety",
    "may_note",
    "may_note_for_author",
    "may_publish_by_hand",
    "may_send",
    "may_write",
    "must_override",
    "must_sign",
    "names_authors",
    "puts_back",
    "sends_links",
    "speaks_for_desk",
    "was_asked_for",
]
