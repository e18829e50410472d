from contextlib import suppress
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.shortcuts import get_object_or_404

from accounts.models import User
from articles.models.text import StaleText
from articles.permissions import is_author


class Incoming(models.Model):
    """Word files: kept as they come, and used once somebody has seen what they change."""

    class Meta:
        abstract = True

    def may_send(self, by):
        """Say whether `by` may send a file now: whoever may change the text, and the author who has the proof."""
        return self.may_write(by) or (self.status == "proof" and is_author(by, self))

    def upload(self, *, by, data, name, conversion):
        """Keep a Word file and what was read from it (`forum.lib.docx.Conversion`); a first text counts at once."""
        with transaction.atomic():
            self._hold_for(by)
            return self._keep_file(by, data, name, conversion)

    def _hold_for(self, by):
        row = type(self).objects.filter(pk=self.pk)
        row.hold()
        get_object_or_404(row)
        self.refresh_from_db()
        if not self.may_send(by):
            raise PermissionDenied("This text is not yours to change now.")

    def _keep_file(self, by, data, name, conversion):
        text = {
            "title": conversion.title[:200] or self.title,
            "standfirst": conversion.standfirst[:400] or self.standfirst,
            "body": self._with_pictures(conversion),
        }
        remarks = [{"code": r.code, "text": r.text, "count": r.count} for r in conversion.remarks]
        author = by if isinstance(by, User) else None
        kept = self.uploads.model.keep(self, data, name=name, by=author, remarks=remarks, **text)
        if not self.body:
            with suppress(StaleText):  # somebody wrote meanwhile: then the difference is shown first
                self.use(by=by, version=self.version, upload=kept)
        return kept

    def use(self, *, by, version, upload):
        """Make the text of a file the text of the piece; raises StaleText as `write` does."""
        with transaction.atomic():
            self.write(by=by, version=version, **upload.text())
            upload.mark_used()

    def _with_pictures(self, conversion):
        """Return the body read from a file, its pictures kept; one that is here already stays the same picture."""
        here = {}
        for picture in self.pictures.all() if conversion.pictures else []:
            here[sha256(picture.read()).digest()] = picture.key
        body = conversion.body
        for found in conversion.pictures:
            key = here.get(sha256(found.data).digest())
            key = key or self.pictures.model.keep(found.data, alt=found.alt, submission=self).key
            body = body.replace(f'"{found.name}"', f'"{key}"')
        return body
