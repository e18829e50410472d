"""The part of a submission that leads from a draft to a decision."""

from django.db import transaction

from accounts.models import User
from articles import promises
from articles.eligible import eligible_editors, found_clerk, is_with_guest
from articles.models.private.authorship import agreement, agreement_before
from articles.models.private.invitation import Invitation
from articles.models.private.letter import Letter
from articles.models.private.revision import Revision
from articles.permissions import is_editor
from articles.signing import BY_HAND
from forum.lib.moves import Refused
from forum.lib.ties import is_conflicted


def _as_guest(piece, by):
    return {"guest": True} if is_with_guest(by, piece) else {}


def _check_hands(piece, editor):
    if not is_editor(editor) or is_conflicted(editor, piece):
        raise Refused(f"{editor.name} cannot handle this piece.")


class Review:
    """The verbs that bring a piece from a draft to a decision, and until when each step was promised or asked for."""

    def promise(self, due, **fields):
        """Promise the author the next step by `due`."""
        self.record(due_at=due, lapses_at=None, remind_at=None, apologies=0, **fields)

    def expect(self, due, **fields):
        """Ask the author for the next step by `due`, with one reminder before."""
        self.record(due_at=due, remind_at=promises.reminder(due), apologies=0, **fields)

    @transaction.atomic
    def submit(self, *, by):
        """Send the draft to the editors, and ask the co-authors whether they agree."""
        agreed = agreement_before(self)
        with self.moving("submit", by=by):
            by.take_name(self.bylines.first().name)
            Revision.keep(self, by=by, verb="submit")
            self.promise(promises.first_answer())
        self.ask_co_authors(by=by)
        self.take_off(by=by, **agreed)

    def take_back(self, *, by):
        """Make it a draft again, as long as nobody has taken it up."""
        detail = {}
        with self.moving("take_back", by=by, detail=detail):
            detail |= agreement(self)
            self.record(due_at=None)

    def take_up(self, *, by):
        """Become the handling editor."""
        with self.moving("take_up", by=by, also={"editor": by}):
            self.promise(promises.decision())

    def assign(self, *, by, to):
        """Make another editor the handling editor of a new piece."""
        with self.moving("assign", by=by, also={"editor": to}, detail={"to": to.pk}):
            _check_hands(self, to)
            self.promise(promises.decision())

    def reassign(self, *, by, to):
        """Hand a piece from one editor to another."""
        hands = {"to": to.pk, "from": self.editor_id}
        with self.moving("reassign", by=by, also={"editor": to}, detail=hands):
            _check_hands(self, to)

    def put_back(self, *, by):
        """Return the piece to the queue for another editor."""
        hands = {}
        with self.moving("put_back", by=by, detail=hands):
            hands["from"] = self.editor_id
            self.promise(promises.first_answer(), editor=None)

    def ask_for_changes(self, *, by, letter, due, points=(), reason="", heard=None):
        """Ask the author for changes by the end of the day `due`; `points` are pairs of weight and text."""
        with self.moving("ask_for_changes", by=by, detail=_as_guest(self, by)):
            Letter.write(self, "ask_for_changes", by=by, text=letter, reason=reason, heard=heard).ask(points)
            self.author_notes.hand_over()
            self.expect(due, lapses_at=promises.lapse(due), extended=False)

    def resubmit(self, *, by):
        """Send the changed piece back to the same editor."""
        with self.moving("resubmit", by=by):
            Revision.keep(self, by=by, verb="resubmit")
            self.promise(promises.decision())

    def call_back(self, *, by):
        """Take the piece back from the author before she has sent the changes."""
        with self.moving("call_back", by=by):
            self.promise(promises.decision())

    def accept(self, *, by, letter="", reason="", heard=None):
        """Accept the piece for editing and print; a guest leaves the printing to a managing editor."""
        detail = _as_guest(self, by)
        with self.moving("accept", by=by, detail=detail):
            if letter:
                Letter.write(self, "accept", by=by, text=letter, reason=reason, heard=heard)
            self.bylines.name_authors()
            if is_with_guest(by, self):
                self.record(editor=found_clerk(self))
                detail["to"] = self.editor_id
            self.promise(promises.proof())

    def decline(self, *, by, letter, reason="", invited=False, heard=None):
        """Decline the piece with a letter, which may invite a new version."""
        with self.moving("decline", by=by, detail=_as_guest(self, by)):
            said = {"text": letter, "reason": reason, "invited": invited, "heard": heard}
            Letter.write(self, "decline", by=by, **said)
            self.record(due_at=None)

    def dismiss(self, *, by):
        """Set aside what is no submission, without a letter."""
        with self.moving("dismiss", by=by):
            self.record(due_at=None)

    def revoke(self, *, by, letter, reason="", heard=None):
        """Take back an acceptance."""
        with self.moving("revoke", by=by):
            Letter.write(self, "revoke", by=by, text=letter, reason=reason, heard=heard)
            self.sign_offs.void()
            self.record(due_at=None, **BY_HAND)

    @transaction.atomic
    def ask_guest(self, *, by, name, email):
        """Ask somebody to decide as a guest, because everybody at the desk is too close."""
        type(self).objects.filter(pk=self.pk).lock()
        guest = User.objects.invite(email, name, by=by)
        hands = {"to": guest.pk, "from": self.editor_id}
        with self.moving("ask_guest", by=by, also={"editor": guest, "guest": guest}, detail=hands):
            if is_conflicted(guest, self) or guest == by:
                raise Refused(f"{guest.name} is too close to this piece. Ask somebody else.")
            Invitation.to(self, guest).renew()
            self.promise(promises.decision())

    def reconsider(self, *, by):
        """Take up again what was declined, withdrawn or set aside."""
        editor = eligible_editors(self).filter(pk=self.editor_id).first() or by
        hands = {"to": editor.pk} if editor != by else {}
        with self.moving("reconsider", by=by, also={"editor": editor}, detail=hands):
            self.promise(promises.decision())

    def extend(self, *, by, seen=None):
        """Move the author's date once: when she asks, or by itself when it has passed."""
        with self.moving("extend", by=by, seen=seen):
            due = promises.extension(self.due_at)
            self.expect(due, lapses_at=promises.lapse(due), extended=True)

    def remind(self, *, by):
        """Remind the author of her date, once."""
        with self.moving("remind", by=by):
            self.record(remind_at=None)

    def lapse(self, *, by):
        """Set aside what its author has left lying."""
        with self.moving("lapse", by=by):
            self.record(due_at=None, lapses_at=None, remind_at=None)

    def apologise(self, *, by):
        """Tell the author that a promise was broken, and make a new one."""
        with self.moving("apologise", by=by):
            self.record(due_at=promises.apology(), apologies=self.apologies + 1)

    def postpone(self, *, by, holiday):
        """Move the date for a holiday of the desk that was not known when the date was set."""
        with self.moving("postpone", by=by, detail={"holiday": holiday.pk}):
            if self.events.filter(verb="postpone", detail__holiday=holiday.pk).exists():
                raise Refused("The date was moved for this holiday already.")
            due = promises.postponed(self.due_at, holiday, working_day=not self.state.with_authors)
            if due <= self.due_at:
                raise Refused("The date is not touched by this holiday.")
            if self.status == "with_author":
                self.expect(due, lapses_at=promises.lapse(due))
            elif self.status == "proof":
                self.expect(due)
            else:
                self.record(due_at=due)

    @property
    def due(self):
        """Return the date in words; an author's own ends at an hour, which is said with its zone."""
        return promises.in_words(self.due_at, exact=self.state.with_authors) if self.due_at else "soon"
