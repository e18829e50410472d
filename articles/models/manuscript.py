from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.shortcuts import get_object_or_404
from django.utils.html import format_html

from articles.models.declaration import Declaration
from articles.models.picture import as_they_stand
from articles.models.text import StaleText
from forum.lib.moves import CLOCK, IllegalMove


class Manuscript(models.Model):
    """What authors do with a piece beside its moves: complete it, picture it."""

    class Meta:
        abstract = True

    def fill_in(self, *, by, version, byline, about, declarations, co_authors=None, **text):
        """Save text, byline and declarations together, or none of them; raises StaleText as `write` does."""
        with transaction.atomic():
            self.write(by=by, version=version, **text)
            self.record(**about)
            Declaration.keep(self, by=by, said=declarations)
            self.set_first_byline(**byline)
            if co_authors is not None and self.status == "draft":
                self.name_co_authors(co_authors)

    def set_first_byline(self, **printed):
        """Set how the first author is printed; another name leads to another page, so that a pen name hides."""
        first = self.bylines.filter(order=1)
        if "name" in printed:
            first.exclude(name=printed["name"]).update(author=None)
        first.update(**printed)

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

    @property
    def pictures_as_they_stand(self):
        """Return its pictures, and of each that is not ready what keeps it."""
        return as_they_stand(self.pictures.all())

    def describe_pictures(self, *, by, words):
        """Say what pictures show and whose they are; `words` maps a picture's key to its fields."""
        self._check_pen(by)
        for picture in self.pictures.filter(key__in=words):
            picture.describe(**words[picture.key])
        self.render_again()

    def is_written_by(self, user):
        """Say whether this person sent the piece in, or is bylined on what was sent in."""
        return type(self).objects.by_author(user).filter(pk=self.pk).exists()

    def _check_pen(self, by):
        if not self.may_write(by):
            raise PermissionDenied("This text is not yours to change now.")
