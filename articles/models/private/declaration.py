from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from articles.declarations import BY_KEY, MATTERS
from articles.permissions import is_author, may_write
from articles.workflow import AUTHOR, SUBMISSION

OPEN = [*SUBMISSION.where(writer=AUTHOR), *SUBMISSION["declare"].sources]


class DeclarationQuerySet(models.QuerySet):
    """What was declared about a piece, as the desk and readers are told."""

    def by_key(self):
        """Return a dict of them by the key of their question."""
        return {declaration.key: declaration for declaration in self}

    def printed(self):
        """Return what readers are told under the piece, as plain values: what about, and what was said."""
        declared = self.by_key()
        told = [(matter.printed_as, declared[matter.key].for_readers) for matter in MATTERS if matter.key in declared]
        return [{"about": about, "said": said} for about, said in told if said]

    def private(self):
        """Return the declarations that stay with the editors."""
        return [declaration for declaration in self if not declaration.for_readers]

    def second_looks(self):
        """Return what the desk should look at twice, in sentences."""
        return [sentence for declaration in self for sentence in declaration.second_look]


class Declaration(models.Model):
    """One answer of an author, with the question and the policy exactly as she read them."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="declarations")
    key = models.CharField(max_length=20)
    question = models.CharField(max_length=200)
    policy = models.TextField(blank=True)
    answer = models.CharField(max_length=80, blank=True)
    said = models.CharField("the answer as she read it", max_length=300, blank=True)
    words = models.TextField(max_length=600, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "key"], name="declared_once"),
        ]

    def __str__(self):
        return f"{self.question} {self.said}"

    @classmethod
    def keep(cls, piece, *, by, said):
        """Keep what the author says: {key: (answers, words)}, with the policies as they read now."""
        is_hers = is_author(by, piece) or (piece.corresponding_author_id is None and may_write(by, piece))
        if piece.status not in OPEN or not is_hers:
            raise PermissionDenied("What was declared about this piece is not yours to change now.")
        before = piece.declarations.by_key()
        with transaction.atomic():
            for matter in MATTERS:
                if matter.key in said:
                    cls._keep_one(piece, matter, before.get(matter.key), *said[matter.key])
        getattr(piece, "_prefetched_objects_cache", {}).pop("declarations", None)

    @staticmethod
    def _keep_one(piece, matter, before, chosen, words):
        """Write a declaration, unless it stands already in the same words under the same policy."""
        fresh = {
            "question": matter.asks,
            "policy": matter.policy,
            "answer": " ".join(chosen),
            "said": matter.in_words(chosen),
            "words": words,
        }
        if before is None and not chosen and not words:
            return
        if before is None or any(getattr(before, name) != value for name, value in fresh.items()):
            piece.declarations.update_or_create(key=matter.key, defaults={**fresh, "at": timezone.now()})

    @property
    def chosen(self):
        """Return the answers as a list."""
        return self.answer.split()

    @property
    def second_look(self):
        """Return what the desk should look at twice, in sentences."""
        noted = BY_KEY[self.key].second_look if self.key in BY_KEY else {}
        return [sentence for answer, sentence in noted.items() if answer in self.chosen]

    @property
    def lacks(self):
        """Return what still has to be said, or ""."""
        return BY_KEY[self.key].lacks(self.chosen, self.words) if self.key in BY_KEY else ""

    @property
    def for_readers(self):
        """Return what is printed under the piece, or ""."""
        return BY_KEY[self.key].for_readers(self.chosen, self.words) if self.key in BY_KEY else ""
