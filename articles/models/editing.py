from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F

from articles.models.author import Author, Byline, Consent
from articles.models.text import StaleText
from forum.lib.moves import Refused


def _author(before, name, biography):
    """Return whose page a name leads to; another name leads to a page of its own, so that a pen name hides."""
    author = before and before.author
    if author and before.name == name:
        return author
    return Author.called(name, user=author and author.user, biography=biography)


def _behind(before, printed, address=None):
    """Return who stands behind a printed name; somebody at a new address is asked first and linked to nobody.

    Taking the address away does not take back what she said: whoever leaves is taken off the list.
    """
    old = before.email if before else ""
    if address and address != old:
        return {"email": address, "author": None}
    known = {"person": before.person, "consent": before.consent} if before else {}
    author = None if known.get("consent") == Consent.NO else _author(before, printed["name"], printed["biography"])
    return {"email": old if known else "", "author": author, **known}


class Editing(models.Model):
    """What stands around a text and is changed only by whoever may change the text."""

    class Meta:
        abstract = True

    @contextmanager
    def rewriting(self, *, by, version):
        """Claim the `version` the writer saw for a change around the text; raises StaleText."""
        if not self.may_write(by):
            raise PermissionDenied("This text is not yours to change now.")
        with transaction.atomic():
            row = type(self).objects.filter(
                pk=self.pk, version=version, status=self.status, editor=self.editor_id
            )
            if not row.update(version=F("version") + 1):
                raise StaleText(type(self).objects.get(pk=self.pk))
            self.refresh_from_db()
            yield

    def credit(self, *, by, version, bylines):
        """Set who is printed as author: (key or None, name, biography, address if any) in the order of print."""
        with self.rewriting(by=by, version=version):
            agreement = self.agreement()
            before = {byline.pk: byline for byline in self.bylines.select_related("author__user", "person")}
            self.bylines.all().delete()
            for order, (key, name, biography, *address) in enumerate(bylines, 1):
                printed, known = {"order": order, "name": name, "biography": biography}, before.get(key)
                row = {"pk": known.pk if known else None, "submission": self}
                Byline.objects.create(**row, **printed, **_behind(known, printed, *address))
            self.ask_co_authors(by=by)
            self.take_off(by=by, **agreement)
            self._name_authors()
            if self.is_too_close(by):
                raise Refused("You named yourself. Have the piece given to another editor first.")
            Author.objects.filter(pk__in={b.author_id for b in before.values()}).without_any_piece().delete()

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

    def tell_apart(self, *, by):
        """Keep an editor's word that the author who bears her name is somebody else."""
        with self.moving("tell_apart", by=by):
            pass

    def declare_conflict(self, *, by, reason=""):
        """Keep an editor's word that she is too close to this piece; what she was reading goes back first."""
        with transaction.atomic():
            if self.editor_id == by.pk:
                if self.status != "in_review":
                    first = "Have it given to another editor before you step aside."
                    raise Refused(f"You are handling this piece. {first}")
                self.put_back(by=by)
            self.conflicts.get_or_create(user=by, defaults={"reason": reason})
            type(self).objects.filter(pk=self.pk, publisher=by).update(publisher=None, publish_at=None)
            self.refresh_from_db()
