from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from articles import promises
from articles.eligible import eligible_editors, eligible_publishers, other_publishers
from articles.models.article import Article
from articles.models.author import Author, Consent
from articles.models.awaiting import awaited
from articles.models.clocked import Clocked
from articles.models.desk import Letter
from articles.models.renaming import Renaming
from articles.permissions import is_editor
from forum.lib.moves import Refused


class Review(Clocked, Renaming):
    """The verbs that bring a piece from a draft to print."""

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

    def send_proof(self, *, by):
        """Send the author the text exactly as it would be printed."""
        detail = {}
        with self.moving("send_proof", by=by, detail=detail):
            self.render_again()
            self.refresh_from_db()
            sent = self.keep_revision(by=by, verb="send_proof")
            self.void_other_approvals()
            beside = {name: said for name, said in self.content().items() if name not in self.TEXT}
            detail |= {"asks": sorted(awaited(self)), "proof": sent.number, "beside": beside}
            self.author_notes.hand_over()
            self.expect(promises.proof())

    def recall_proof(self, *, by):
        """Take the proof back for more editing."""
        with self.moving("recall_proof", by=by):
            self.promise(promises.proof())

    def unlock(self, *, by):
        """Open an approved text for editing; every approval of it is void."""
        with self.moving("unlock", by=by):
            self.void_approvals()
            self.promise(promises.proof(), publisher=None, publish_at=None)

    def revoke(self, *, by, letter, reason="", heard=None):
        """Take back an acceptance."""
        with self.moving("revoke", by=by):
            self._write_letter("revoke", by, letter, reason=reason, heard=heard)
            self.void_approvals()
            self.record(due_at=None, publisher=None, publish_at=None)

    def publish(self, *, by, at: datetime | None = None):
        """Print the approved text, now or at a time to come, and return its Article."""
        return self._publish("publish", by=by, at=at, alone=self.is_conflicted(by))

    def publish_anyway(self, *, by, reason, at=None):
        """Print what one accepted oneself; the reason is kept, and every managing editor is told."""
        alone = not other_publishers(self, by).exists()
        return self._publish("publish_anyway", by=by, at=at, alone=alone, note=reason)

    def reschedule(self, *, by, at):
        """Move the date of a publication that is still to come."""
        with self.moving("reschedule", by=by):
            if at == self.article.published_at:
                raise Refused("It is to appear at this time already. Choose another one.")
            if at <= timezone.now():
                raise Refused("This time has passed. Choose one to come.")
            self.article.move_date(at)

    def unschedule(self, *, by):
        """Call a publication off before anybody saw it."""
        with self.moving("unschedule", by=by):
            self._unprint()
            self.promise(promises.ready())

    def withdraw(self, *, by, note=""):
        """Withdraw one's own piece, until readers can see it."""
        with self.moving("withdraw", by=by, note=note):
            self._unprint()
            self.void_approvals()
            self.record(due_at=None, lapses_at=None, publisher=None, publish_at=None)

    def reconsider(self, *, by):
        """Take up again what was declined, withdrawn or set aside."""
        editor = eligible_editors(self).filter(pk=self.editor_id).first() or by
        hands = {"to": editor.pk} if editor != by else {}
        with self.moving("reconsider", by=by, also={"editor": editor}, detail=hands):
            self.promise(promises.decision())

    def _publish(self, verb, *, by, at, **said):
        at = max(at or timezone.now(), timezone.now())
        try:
            return self._print(verb, by=by, at=at, **said)
        except IntegrityError:  # another piece of this title took the address at the same moment
            self.refresh_from_db()
            return self._print(verb, by=by, at=at, **said)

    def _print(self, verb, *, by, at, alone, note=""):
        detail = {"nobody_else_eligible": True} if alone else {}
        with self.moving(verb, by=by, note=note, detail=detail):
            article = Article.print_submission(self, by=by, at=at)
            self.record(due_at=None, publisher=None, publish_at=None)
        return article

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

    def _name_authors(self):
        for byline in self.bylines.filter(author=None).exclude(consent=Consent.NO):
            user = byline.person or (self.corresponding_author if byline.order == 1 else None)
            byline.author = Author.called(byline.name, user=user, biography=byline.biography)
            byline.save(update_fields=["author"])

    def _unprint(self):
        Article.objects.filter(submission=self).delete()
        self._state.fields_cache.pop("article", None)
