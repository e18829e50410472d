"""The part of a submission that is about its text, its pictures and what stands around them."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import F
from django.shortcuts import get_object_or_404
from django.utils.html import format_html

from articles import promises
from articles.models.private.byline import Byline
from articles.models.private.declaration import Declaration
from articles.models.private.desk import Letter
from articles.models.public.text import StaleText
from articles.permissions import is_author, may_write
from forum.lib.moves import CLOCK, IllegalMove, Refused

PLACE = ("perspective", "perspective_country", "perspective_words", "connection")


class Manuscript(models.Model):
    """What is done with a text beside its way: filled in, placed, pictured, copied, written about, thrown away."""

    class Meta:
        abstract = True

    @contextmanager
    def rewriting(self, *, by, version):
        """Claim the `version` the writer saw for a change around the text; raises StaleText."""
        if not may_write(by, self):
            raise PermissionDenied("This text is not yours to change now.")
        with transaction.atomic():
            row = type(self).objects.filter(
                pk=self.pk, version=version, status=self.status, editor=self.editor_id
            )
            if not row.update(version=F("version") + 1):
                raise StaleText(type(self).objects.get(pk=self.pk))
            self.refresh_from_db()
            yield

    def place(self, *, by, version, answers, responds_to, **classification):
        """Set kind, topics and regions, the questions it answers and the piece it answers to."""
        with self.rewriting(by=by, version=version):
            self.classify(**classification)
            self.answers.all().delete()
            for question, stance in answers:
                self.answers.create(question=question, stance=stance)
            self.record(responds_to=responds_to)
            if self.is_conflicted(by):
                raise Refused("You wrote the piece this one responds to. Let another editor handle it first.")

    def caption(self, *, by, version, words):
        """Set what each picture shows and whose it is: {key: its fields}."""
        with self.rewriting(by=by, version=version):
            self.describe_pictures(by=by, words=words)

    def fill_in(self, *, by, version, byline, about, declarations, co_authors=None, **text):
        """Save text, byline and declarations together, or none of them; raises StaleText as `write` does."""
        with transaction.atomic():
            self.write(by=by, version=version, **text)
            self.record(**about)
            Declaration.keep(self, by=by, said=declarations)
            self.bylines.print_first(**byline)
            if co_authors is not None and self.status == "draft":
                self.bylines.name_others(co_authors)

    def submit_as(self, *, by):
        """Send in a draft; one begun without an account becomes its writer's by this."""
        with transaction.atomic():
            if self.corresponding_author_id is None:
                self.claim(by=by)
            self.submit(by=by)

    def discard(self, *, by, version=None):
        """Throw a draft away with all its files, if it is still the `version` its writer saw; or else StaleText."""
        if self.status != "draft":
            raise IllegalMove(self, "discard")
        if not (by is CLOCK and self.corresponding_author_id is None):
            self._check_pen(by)
        files = [upload.file.name for upload in self.uploads.all()]
        for picture in self.pictures.all():
            files += [picture.original.name, *picture.paths()]
        with transaction.atomic():
            row = type(self).objects.filter(pk=self.pk, status="draft", turn=self.turn)
            if not row.update(turn=self.turn + 1):
                get_object_or_404(type(self), pk=self.pk)
                self.refresh_from_db()
                raise IllegalMove(self, "discard")
            if version is not None and not row.model.objects.filter(pk=self.pk, version=version).exists():
                raise StaleText(row.model.objects.get(pk=self.pk))
            self.revisions.all().delete()
            self.delete()
        for name in files:
            default_storage.delete(name)

    def add_picture(self, *, by, data, alt, credit, caption):
        """Keep a picture and place it, with its caption, at the end of the text."""
        self._check_pen(by)
        figure = '<figure data-picture="{}"><figcaption>{}</figcaption></figure>'
        with transaction.atomic():
            picture = self.pictures.model.keep(data, alt=alt, credit=credit, submission=self)
            placed = format_html(figure, picture.key, caption)
            self.write(by=by, version=self.version, body=f"{self.body}{placed}")

    def describe_pictures(self, *, by, words):
        """Say what pictures show and whose they are; `words` maps a picture's key to its fields."""
        self._check_pen(by)
        for picture in self.pictures.filter(key__in=words):
            picture.describe(**words[picture.key])
        self.render_again()

    def copy(self, *, by):
        """Begin a new draft with this text, its pictures and name; letters, declarations and co-authors stay behind."""
        if self.state.under_way:
            raise IllegalMove(self, "copy")
        if not is_author(by, self):
            raise PermissionDenied("Only the person who sent this piece in can begin a new draft from it.")
        own = [b for b in self.bylines.all() if b.person_id in (None, by.pk)]  # whoever was asked is asked anew
        with transaction.atomic():
            draft = type(self).begin(by=by, **self.text())
            draft.record(**{name: getattr(self, name) for name in PLACE})
            if own:
                draft.bylines.all().delete()
            Byline.objects.bulk_create(
                Byline(submission=draft, order=order, name=b.name, biography=b.biography, author=b.author)
                for order, b in enumerate(own, 1)
            )
            draft.take_pictures(by=by, of=self)
        return draft

    def take_pictures(self, *, by, of):
        """Keep a copy of each picture that stands in the text of another piece, and of none whose file is gone."""
        body = self.body
        for picture in of.pictures.all():
            if picture.key in body and (data := picture.read()):
                kept = self.pictures.model.keep(data, alt=picture.alt, credit=picture.credit, submission=self)
                body = body.replace(picture.key, kept.key)
        if body != self.body:
            self.write(by=by, version=self.version, body=body)

    def write_author(self, *, by, letter, reason="", heard=None):
        """Send the author a message; what she wrote before is answered by it."""
        with self.moving("write_author", by=by):
            Letter.send(self, "write_author", by=by, text=letter, reason=reason)
            self.letters.hear(heard)

    def write_editor(self, *, by, letter):
        """Send the desk a message; it waits for the handling editor, or for all while there is none."""
        with self.moving("write_editor", by=by):
            Letter.send(self, "write_editor", by=by, text=letter, due_at=promises.first_answer())

    def _check_pen(self, by):
        if not may_write(by, self):
            raise PermissionDenied("This text is not yours to change now.")
