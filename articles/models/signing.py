import hashlib
import json
from itertools import chain

from django.db.models import Q

from accounts.models import User
from articles.models.author import Consent
from articles.models.declaration import printed
from forum.lib.ties import Tied


class Signing(Tied):
    """Who must approve a piece, who is too close to it, and what exactly was approved."""

    class Meta:
        abstract = True

    def content(self):
        """Return all that an approval covers, in plain values."""
        declared = self.declared
        return {
            **self.text(),
            "bylines": [[byline.name, byline.biography] for byline in self.bylines.all()],
            "declarations": [[d.key, d.answer, d.words] for d in declared.values()],
            "printed": printed(declared),
            "stance": sorted([a.question_id, a.stance] for a in self.answers.all()),
            "perspective": [self.perspective, self.perspective_country, self.perspective_words],
            "connection": self.connection,
            "pictures": [[p.key, p.alt, p.credit] for p in self.pictures.all() if p.key in self.body],
        }

    def digest(self):
        """Return the SHA-256 of the content as canonical JSON (sorted keys, no spaces, UTF-8)."""
        canonical = json.dumps(self.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def signers(self):
        """Return the keys of the people who must approve: whoever sent it in, and who is bylined and known."""
        bylined = [byline.people for byline in self.bylines.all() if byline.consent != Consent.NO]
        return {self.corresponding_author_id, *chain.from_iterable(bylined)} - {None}

    def co_authors(self):
        """Return the people beside its author who agreed to be printed, or whose page in print leads to them."""
        agreed = self.bylines.filter(consent=Consent.YES)
        linked = self.bylines.filter(consent="").exclude(author__user=None)
        people = User.objects.filter(Q(pk__in=agreed.values("person")) | Q(pk__in=linked.values("author__user")))
        return people.exclude(pk=self.corresponding_author_id).order_by("pk")

    def unsigned_by(self):
        """Return the keys of those who have not approved the text as it is now."""
        return self.signers() - set(
            self.sign_offs.filter(digest=self.digest(), void_at=None).values_list("by_id", flat=True)
        )

    def is_signed(self):
        """Say whether everybody who must has approved the text as it is now."""
        return not self.unsigned_by()

    def is_with_guest(self, user):
        """Say whether this person was asked as a guest to decide on this piece, and has it now."""
        return self.guest_id is not None and self.guest_id == self.editor_id == getattr(user, "pk", None)

    def is_clerk(self, user):
        """Say whether this person, though too close, sees to the printing of what a guest has accepted."""
        is_accepted = self.guest_id is not None and self.state.accepted
        return is_accepted and self.guest_id != user.pk == self.editor_id

    def is_too_close(self, user):
        """Say whether this person may have no hand in this piece: in conflict, and not its clerk."""
        return self.is_conflicted(user) and not self.is_clerk(user)
