import hashlib
import json

from forum.lib.ties import Tied


class Signing(Tied):
    """Who is too close to a piece, and what exactly was approved."""

    class Meta:
        abstract = True

    def content(self):
        """Return all that an approval covers, in plain values."""
        return {
            **self.text(),
            "bylines": [[byline.name, byline.biography] for byline in self.bylines.all()],
            "declarations": [[d.key, d.answer, d.words] for d in self.declarations.all()],
            "printed": self.declarations.printed(),
            "stance": sorted([a.question_id, a.stance] for a in self.answers.all()),
            "perspective": [self.perspective, self.perspective_country, self.perspective_words],
            "connection": self.connection,
            "pictures": [[p.key, p.alt, p.credit] for p in self.pictures.all() if p.key in self.body],
        }

    def digest(self):
        """Return the SHA-256 of the content as canonical JSON (sorted keys, no spaces, UTF-8)."""
        canonical = json.dumps(self.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

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
