"""The part of a submission that leads from the proof to print."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles import promises
from articles.eligible import eligible_publishers, other_publishers
from articles.models.private.awaiting import awaited
from articles.models.private.revision import Revision
from articles.models.private.sign_off import SignOff
from articles.models.public.article import Article
from articles.models.public.text import Difference
from articles.signing import BY_HAND, arrangement, content_of, digest_of, unsigned_by
from forum.lib.moves import CLOCK, Refused
from forum.lib.ties import is_conflicted


class Printing:
    """From the proof to print: what is approved to the letter, by whom it is published, and when."""

    def send_proof(self, *, by):
        """Send the author the text exactly as it would be printed."""
        detail = {}
        with self.moving("send_proof", by=by, detail=detail):
            self.render_again()
            self.refresh_from_db()
            sent = Revision.keep(self, by=by, verb="send_proof")
            self.sign_offs.exclude(digest=digest_of(self)).void()
            beside = {name: said for name, said in content_of(self).items() if name not in self.TEXT}
            detail |= {"asks": sorted(awaited(self)), "proof": sent.number, "beside": beside}
            self.author_notes.hand_over()
            self.expect(promises.proof())

    def recall_proof(self, *, by):
        """Take the proof back for more editing."""
        with self.moving("recall_proof", by=by):
            self.promise(promises.proof())

    def request_correction(self, *, by, note="", version=None, **text):
        """Ask for a correction in the proof: in words, by the text as it should be, or both."""
        detail = {}
        with self.moving("request_correction", by=by, note=note, detail=detail):
            if text:
                detail |= self._correct(by, self.version if version is None else version, text)
            if not detail and not note:
                raise Refused("Say what should be corrected, or change the text.")
            self.sign_offs.filter(by=by).void()
            self.promise(promises.proof())

    def _correct(self, by, version, text):
        """Take the author's text, and return what it changed; nothing where it is that of the proof."""
        sent, proof = self.revisions.last(), self.text()
        self._replace_text(version, **text)
        if self.text() == proof:
            return {}
        self.uploads.filter(**self.text()).update(used_at=timezone.now())
        change, kept = Difference(proof, self.text()), Revision.keep(self, by=by, verb="request_correction")
        counts = {"added": change.added, "removed": change.removed, "places": change.places}
        return {"proof": sent.number, "revision": kept.number, **counts}

    def publish_on_approval(self, *, by, at=None):
        """Arrange that the last approval publishes the piece, but not before `at`."""
        with self.moving("publish_on_approval", by=by):
            self.record(publisher=by, publish_at=at)

    def publish_by_hand(self, *, by):
        """Arrange that approval makes the piece ready and nothing more."""
        with self.moving("publish_by_hand", by=by):
            self.record(**BY_HAND)

    @transaction.atomic
    def sign_off(self, *, by, digest, publishing=None):
        """Approve the text with this digest; the last of the authors makes it ready, or publishes it if so arranged."""
        type(self).objects.filter(pk=self.pk).lock()  # where two authors approve at the same moment, both count
        self.refresh_from_db()
        last = not unsigned_by(self) - {getattr(by, "pk", None)}
        with self.moving("sign_off" if last else "co_sign", by=by):
            if digest != digest_of(self):
                raise Refused("The text has changed since you read it. Please read it once more.")
            if publishing not in (None, arrangement(self)):
                raise Refused("What your approval does has changed since you read it. Please read it once more.")
            SignOff.give(self, by=by)
            if last:
                self.promise(promises.ready())
        if last and self.publisher_id:
            self._publish_as_arranged()

    def _publish_as_arranged(self):
        publisher = self.publisher
        try:
            self.publish(by=publisher, at=self.publish_at)
        except (Refused, PermissionDenied) as complaint:
            is_hers = eligible_publishers(self).filter(pk=publisher.pk).exists()
            self.hold_back(by=CLOCK, note=str(complaint), to=publisher if is_hers else self.editor)

    def hold_back(self, *, by, note, to):
        """Leave an approved piece to the desk, because it could not be published as arranged."""
        with self.moving("hold_back", by=by, note=note, detail={"to": to.pk}):
            self.record(**BY_HAND)

    def unlock(self, *, by):
        """Open an approved text for editing; every approval of it is void."""
        with self.moving("unlock", by=by):
            self.sign_offs.void()
            self.promise(promises.proof(), **BY_HAND)

    def publish(self, *, by, at: datetime | None = None):
        """Print the approved text, now or at a time to come, and return its Article."""
        return self._print("publish", by=by, at=at, alone=is_conflicted(by, self))

    def publish_anyway(self, *, by, reason, at=None):
        """Print what one accepted oneself; the reason is kept, and every managing editor is told."""
        alone = not other_publishers(self, by).exists()
        return self._print("publish_anyway", by=by, at=at, alone=alone, note=reason)

    def reschedule(self, *, by, at):
        """Move the date of a publication that is still to come."""
        with self.moving("reschedule", by=by):
            self.article.move_date(at)

    def unschedule(self, *, by):
        """Call a publication off before anybody saw it."""
        with self.moving("unschedule", by=by):
            Article.unprint(self)
            self.promise(promises.ready())

    def withdraw(self, *, by, note=""):
        """Withdraw one's own piece, until readers can see it."""
        with self.moving("withdraw", by=by, note=note):
            Article.unprint(self)
            self.sign_offs.void()
            self.record(due_at=None, lapses_at=None, **BY_HAND)

    def _print(self, verb, *, by, at, alone, note=""):
        detail = {"nobody_else_eligible": True} if alone else {}
        with self.moving(verb, by=by, note=note, detail=detail):
            article = Article.print_submission(self, by=by, at=at)
            self.record(due_at=None, **BY_HAND)
        return article
