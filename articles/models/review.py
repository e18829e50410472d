from django.db import transaction

from accounts.models import User
from articles import promises
from articles.eligible import eligible_editors, eligible_publishers
from articles.models.desk import Letter
from articles.permissions import is_editor
from forum.lib.again import refuse_again
from forum.lib.moves import Moving, Refused


class Review(Moving):
    """The verbs that bring a piece from a draft to a decision, and what is written on the way."""

    class Meta:
        abstract = True

    @transaction.atomic
    def submit(self, *, by):
        """Send the draft to the editors, and ask the co-authors whether they agree."""
        agreement = self.agreement_before()
        with self.moving("submit", by=by):
            by.take_name(self.bylines.first().name)
            self.keep_revision(by=by, verb="submit")
            self.promise(promises.first_answer())
        self.ask_co_authors(by=by)
        self.take_off(by=by, **agreement)

    def take_back(self, *, by):
        """Make it a draft again, as long as nobody has taken it up."""
        detail = {}
        with self.moving("take_back", by=by, detail=detail):
            detail |= self.agreement()
            self.record(due_at=None)

    def take_up(self, *, by):
        """Become the handling editor."""
        with self.moving("take_up", by=by, also={"editor": by}):
            self.promise(promises.decision())

    def assign(self, *, by, to):
        """Make another editor the handling editor of a new piece."""
        with self.moving("assign", by=by, also={"editor": to}, detail={"to": to.pk}):
            self._check_hands(to)
            self.promise(promises.decision())

    def reassign(self, *, by, to):
        """Hand a piece from one editor to another."""
        hands = {"to": to.pk, "from": self.editor_id}
        with self.moving("reassign", by=by, also={"editor": to}, detail=hands):
            self._check_hands(to)

    def put_back(self, *, by):
        """Return the piece to the queue for another editor."""
        hands = {}
        with self.moving("put_back", by=by, detail=hands):
            hands["from"] = self.editor_id
            self.promise(promises.first_answer(), editor=None)

    def ask_for_changes(self, *, by, letter, due, points=(), reason="", heard=None):
        """Ask the author for changes by the end of the day `due`; `points` are pairs of weight and text."""
        with self.moving("ask_for_changes", by=by, detail=self._as_guest(by)):
            self._write_letter("ask_for_changes", by, letter, reason=reason, heard=heard).ask(points)
            self.author_notes.hand_over()
            self.expect(due, lapses_at=promises.lapse(due), extended=False)

    def resubmit(self, *, by):
        """Send the changed piece back to the same editor."""
        with self.moving("resubmit", by=by):
            self.keep_revision(by=by, verb="resubmit")
            self.promise(promises.decision())

    def call_back(self, *, by):
        """Take the piece back from the author before she has sent the changes."""
        with self.moving("call_back", by=by):
            self.promise(promises.decision())

    def accept(self, *, by, letter="", reason="", heard=None):
        """Accept the piece for editing and print; a guest leaves the printing to a managing editor."""
        detail = self._as_guest(by)
        with self.moving("accept", by=by, detail=detail):
            if letter:
                self._write_letter("accept", by, letter, reason=reason, heard=heard)
            self._name_authors()
            if self.is_with_guest(by):
                self.record(editor=self._clerk())
                detail["to"] = self.editor_id
            self.promise(promises.proof())

    def decline(self, *, by, letter, reason="", invited=False, heard=None):
        """Decline the piece with a letter, which may invite a new version."""
        with self.moving("decline", by=by, detail=self._as_guest(by)):
            self._write_letter("decline", by, letter, reason=reason, invited=invited, heard=heard)
            self.record(due_at=None)

    def dismiss(self, *, by):
        """Set aside what is no submission, without a letter."""
        with self.moving("dismiss", by=by):
            self.record(due_at=None)

    def revoke(self, *, by, letter, reason="", heard=None):
        """Take back an acceptance."""
        with self.moving("revoke", by=by):
            self._write_letter("revoke", by, letter, reason=reason, heard=heard)
            self.void_approvals()
            self.record(due_at=None, publisher=None, publish_at=None)

    @transaction.atomic
    def ask_guest(self, *, by, name, email):
        """Ask somebody to decide as a guest, because everybody at the desk is too close."""
        type(self).objects.filter(pk=self.pk).hold()
        guest = User.objects.invite(email, name, by=by)
        hands = {"to": guest.pk, "from": self.editor_id}
        with self.moving("ask_guest", by=by, also={"editor": guest, "guest": guest}, detail=hands):
            if self.is_conflicted(guest) or guest == by:
                raise Refused(f"{guest.name} is too close to this piece. Ask somebody else.")
            self.invite(guest).renew()
            self.promise(promises.decision())

    def declare_conflict(self, *, by, reason=""):
        """Keep an editor's word that she is too close to this piece; what she was reading goes back first."""
        with transaction.atomic():
            if self.editor_id == by.pk:
                if self.status != "in_review":
                    first = "Have it given to another editor before you step aside."
                    raise Refused(f"You are handling this piece. {first}")
                self.put_back(by=by)
            self.conflicts.get_or_create(user=by, defaults={"reason": reason})
            type(self).objects.filter(pk=self.pk, publisher=by).update(publisher=None, publish_at=None)
            self.refresh_from_db()

    def tell_apart(self, *, by):
        """Keep an editor's word that the author who bears her name is somebody else."""
        with self.moving("tell_apart", by=by):
            pass

    def reconsider(self, *, by):
        """Take up again what was declined, withdrawn or set aside."""
        editor = eligible_editors(self).filter(pk=self.editor_id).first() or by
        hands = {"to": editor.pk} if editor != by else {}
        with self.moving("reconsider", by=by, also={"editor": editor}, detail=hands):
            self.promise(promises.decision())

    def write_author(self, *, by, letter, reason="", heard=None):
        """Send the author a message; what she wrote before is answered by it."""
        with self.moving("write_author", by=by):
            self._refuse_again("write_author", by, letter)
            Letter.objects.create(submission=self, verb="write_author", by=by, text=letter, reason=reason)
            self.letters.hear(heard)

    def write_editor(self, *, by, letter):
        """Send the desk a message; it waits for the handling editor, or for all while there is none."""
        with self.moving("write_editor", by=by):
            self._refuse_again("write_editor", by, letter)
            due = promises.first_answer()
            Letter.objects.create(submission=self, verb="write_editor", by=by, text=letter, due_at=due)

    def _refuse_again(self, verb, by, letter):
        """Refuse what is the last word already; after an answer the same words are another message."""
        refuse_again(self.letters.filter(pk=self.letters.last_word(), verb=verb, by=by, text=letter), at="at")

    def read_messages(self, *, by, heard=None):
        """Keep that the author's messages were read and need no answer."""
        move = self.machine["write_author"]
        move.permit(by, self)
        self.letters.hear(heard)

    def _as_guest(self, by):
        return {"guest": True} if self.is_with_guest(by) else {}

    def _clerk(self):
        """Return who sees to the printing of what a guest accepted: the one least close to it."""
        leaders = User.objects.managing_editors().order_by("pk")
        asked = leaders.filter(pk=self.events.filter(verb="ask_guest").last().actor_id)
        return eligible_publishers(self).first() or asked.first() or leaders.first() or self.editor

    def _check_hands(self, editor):
        if not is_editor(editor) or self.is_conflicted(editor):
            raise Refused(f"{editor.name} cannot handle this piece.")

    def _write_letter(self, verb, by, text, *, heard=None, **kept):
        self.letters.hear(heard)
        return Letter.objects.create(submission=self, verb=verb, by=by, text=text, **kept)
