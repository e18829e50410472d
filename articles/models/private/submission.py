import secrets
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles import promises
from articles.models.private.authorship import Authorship
from articles.models.private.invitation import Invitation
from articles.models.private.letter import Letter
from articles.models.private.printing import Printing
from articles.models.private.review import Review
from articles.models.private.revision import Revision
from articles.models.private.scopes import SubmissionQuerySet
from articles.models.private.upload import Upload
from articles.models.public.author import Author
from articles.models.public.taxonomy import Classified
from articles.models.public.text import StaleText, Text, written
from articles.permissions import may_write
from articles.workflow import SUBMISSION
from forum.lib.again import refuse_again
from forum.lib.moves import Moving, Refused
from forum.lib.ties import is_conflicted

PLACES = ["status", "due_at", "editor", "apologies"]  # all that says where a piece lies, far from its long texts
LISTS = [models.Index(fields=[*of, "-moved_at", "-id"]) for of in ([], ["status"], ["editor"], ["editor", "status"])]
HOUSE = {"name": "The Editors", "biography": "The editors of this magazine."}


def new_code():
    """Return a short name for a submission that is easy to read aloud and hard to guess."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(10))


def check_pen(by, piece):
    """Raise unless somebody may change the text of a piece now."""
    if not may_write(by, piece):
        raise PermissionDenied("This text is not yours to change now.")


def _pictures(piece):
    """Return the pictures for print, at addresses only those who may see this piece can read."""
    return piece.pictures.for_print(reverse("submission_pictures", args=[piece.code]))


class Submission(Review, Printing, Authorship, Classified, Text, Moving):
    """A piece on its way in: private, between its author and the desk."""

    machine = SUBMISSION
    MOST_WORDS = 10_000

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    corresponding_author = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    editor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="handled")
    guest = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    responds_to = models.ForeignKey(
        "articles.Article", models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    lapses_at = models.DateTimeField(null=True, blank=True, editable=False)
    extended = models.BooleanField(default=False, editable=False)
    remind_at = models.DateTimeField(null=True, blank=True, editable=False)
    apologies = models.PositiveSmallIntegerField(default=0, editable=False)
    publisher = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    publish_at = models.DateTimeField("not before", null=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        indexes = [models.Index(fields=PLACES), *LISTS]
        constraints = [
            SUBMISSION.constraint("submission_status_known"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(corresponding_author__isnull=False),
                name="submission_beyond_a_draft_has_its_author",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SUBMISSION.where(handled=False)) | Q(editor__isnull=False),
                name="submission_in_review_has_its_editor",
            ),
        ]

    def __str__(self):
        return self.title or "Untitled"

    def get_absolute_url(self):
        return reverse("submission", args=[self.code])

    @classmethod
    def begin(cls, *, by, name="", biography="", **text):
        """Start a draft for a user, or for a guest who will give her address before she submits."""
        author = by if isinstance(by, User) else None
        with cls.making("begin", by=by, corresponding_author=author, **written(text)) as draft:
            draft.bylines.create(name=name or getattr(by, "name", ""), biography=biography)
        return draft

    @classmethod
    @transaction.atomic
    def commission(cls, *, by, email, name, title, co_authors=(), house=False, word=None, **text):
        """Start an accepted piece that somebody was asked for; one of the `house` has no name on it but hers."""
        named = {address: name for name, address in co_authors} | {email: name}
        author = User.objects.invite_all(named, by=by)[email]
        people, text = {"corresponding_author": author, "editor": by}, written({"title": title, **text})
        title = title or (word and word.conversion.title)
        refuse_again(cls.objects.filter(title=title, **people), at="begun_at")
        with cls.making("commission", by=by, **people, **text) as piece:
            printed = {**HOUSE, "author": Author.called(**HOUSE)} if house else {"name": name}
            piece.bylines.create(**printed)
            piece.bylines.name_others(co_authors)
            piece.promise(promises.proof())
            if word:
                Upload.receive(piece, by=by, title=title, **vars(word))
            piece.bylines.name_authors()
            Revision.keep(piece, by=by, verb="commission")
            Invitation.to(piece, author)
        piece.ask_co_authors(by=by)
        return piece

    def write(self, *, by, version, **text):
        """Save the text if it is still the `version` the writer saw; raises StaleText with the other text."""
        check_pen(by, self)
        self._replace_text(version, **text)

    @contextmanager
    def rewriting(self, *, by, version):
        """Claim the `version` the writer saw for a change around the text; raises StaleText."""
        check_pen(by, self)
        with transaction.atomic():
            self._take(version)
            yield

    def _replace_text(self, version, **text):
        self.set_text(pictures=_pictures(self), **text)
        fresh = {**self.text(), "html": self.html, "words": self.words}
        self._take(version, **fresh, written_at=timezone.now())

    def _take(self, version, **fresh):
        seen = {"status": self.status, "editor": self.editor_id, "corresponding_author": self.corresponding_author_id}
        row = type(self).objects.filter(pk=self.pk, version=version, **seen)
        if not row.update(version=F("version") + 1, **fresh):
            raise StaleText(get_object_or_404(type(self), pk=self.pk))
        self.refresh_from_db()

    def render_again(self):
        """Make the shown text anew, when a picture has become ready; a newer text wins."""
        current = type(self).objects.get(pk=self.pk)
        current.set_text(pictures=_pictures(current))
        type(self).objects.filter(pk=self.pk, version=current.version).update(html=current.html)

    def place(self, *, by, version, answers, responds_to, **classification):
        """Set kind, topics and regions, the questions it answers and the piece it answers to."""
        with self.rewriting(by=by, version=version):
            self.classify(**classification)
            self.answers.all().delete()
            for question, stance in answers:
                self.answers.create(question=question, stance=stance)
            self.record(responds_to=responds_to)
            if is_conflicted(by, self):
                raise Refused("You wrote the piece this one responds to. Let another editor handle it first.")

    def write_author(self, *, by, letter, reason="", heard=None):
        """Send the author a message; what she wrote before is answered by it."""
        with self.moving("write_author", by=by):
            Letter.send(self, "write_author", by=by, text=letter, reason=reason)
            self.letters.hear(heard)

    def write_editor(self, *, by, letter):
        """Send the desk a message; it waits for the handling editor, or for all while there is none."""
        with self.moving("write_editor", by=by):
            Letter.send(self, "write_editor", by=by, text=letter, due_at=promises.first_answer())

    @property
    def label(self):
        """Return the state as the desk calls it; what is to appear later is not called published."""
        is_to_come = self.status == "published" and not self.article.is_out
        return "Scheduled" if is_to_come else super().label

    def tell_apart(self, *, by):
        """Keep an editor's word that the author who bears her name is somebody else."""
        with self.moving("tell_apart", by=by):
            pass
