from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from articles.models.author import Byline
from articles.permissions import is_author
from forum.lib.moves import IllegalMove

PLACE = ("perspective", "perspective_country", "perspective_words", "connection")


class Following(models.Model):
    """What an author may do with a piece that is over."""

    class Meta:
        abstract = True

    @property
    def may_be_copied(self):
        """Say whether a new draft can begin from it: it is one itself, or its way has ended."""
        return not self.state.under_way

    def copy(self, *, by):
        """Begin a new draft with this text, its pictures and name; letters, declarations and co-authors stay behind."""
        if not self.may_be_copied:
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
