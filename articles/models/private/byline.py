from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from articles.models.public.author import Author, PrintedAs


class Consent(models.TextChoices):
    """What a co-author has said to being printed as one."""

    ASKED = "asked", "was asked and has not answered yet"
    YES = "yes", "has agreed"
    NO = "no", "has said no"


class BylineQuerySet(models.QuerySet):
    """The authors of a submission, as they are asked whether they agree, and printed."""

    def unasked(self):
        """Return who was named by her address and has not been asked."""
        return self.filter(consent="").exclude(email="")

    def without_consent(self):
        """Return who was asked and has not agreed."""
        return self.filter(consent__in=[Consent.ASKED, Consent.NO])

    def print_first(self, **printed):
        """Set how the first author is printed; another name leads to another page, so that a pen name hides."""
        first = self.filter(order=1)
        if "name" in printed:
            first.exclude(name=printed["name"]).update(author=None)
        first.update(**printed)

    def reprint(self, person, *, name, biography):
        """Set how a co-author is printed; another name leads to another page, so that a pen name hides."""
        hers = self.filter(person=person)
        hers.update(biography=biography)
        if name and hers.exclude(name=name).exists():
            before = list(hers.values_list("author", flat=True))
            hers.update(name=name, author=None)
            self.name_authors()
            Author.objects.filter(pk__in=before).without_any_piece().delete()

    def name_authors(self):
        """Lead every name that is to be printed to a page of its author, once the piece is accepted."""
        for byline in self.filter(author=None).exclude(consent=Consent.NO):
            if byline.submission.state.accepted:
                byline.lead_to_a_page()


class Bylines(models.Manager.from_queryset(BylineQuerySet)):
    """Bylines come with their authors, which say who is behind a name."""

    def get_queryset(self):
        return super().get_queryset().select_related("author")

    def invite(self, *, by):
        """Return who was named by her address and has not been asked, each with the person to ask."""
        unasked = list(self.unasked())
        people = User.objects.invite_all({byline.email: byline.name for byline in unasked}, by=by)
        return [(byline, people[byline.email]) for byline in unasked]

    def name_others(self, named):
        """Set who is named beside the first author: pairs of name and address; answers given stay."""
        before = {byline.email: byline for byline in self.exclude(email="")}
        if [(byline.name, byline.email) for byline in before.values()] == list(named):
            return
        self.exclude(email="").delete()
        last = max((byline.order for byline in self.all()), default=0)
        for order, (name, email) in enumerate(named, last + 1):
            known = before[email].known() if email in before else {}
            self.create(order=order, name=name, email=email, **known)

    def put(self, bylines):
        """Put these, as `Submission.credit` has them, in the place of all; return the pages those before led to."""
        before = {byline.pk: byline for byline in self.select_related("author__user", "person")}
        self.all().delete()
        for order, (key, name, biography, *address) in enumerate(bylines, 1):
            printed, known = {"name": name, "biography": biography}, before.get(key)
            row = {"pk": known.pk if known else None, "order": order}
            self.create(**row, **printed, **_behind(known, printed, *address))
        return Author.objects.filter(pk__in={byline.author_id for byline in before.values()})


class Byline(PrintedAs):
    """One author of a submission, as she wants to be printed; a co-author's address is the desk's alone."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, null=True, blank=True, related_name="bylines")
    email = models.EmailField(blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent = models.CharField(max_length=5, choices=Consent, blank=True)

    objects = Bylines()

    class Meta(PrintedAs.Meta):
        constraints = [
            models.UniqueConstraint(fields=["submission", "order"], name="byline_order_once"),
            models.CheckConstraint(condition=~Q(order=0), name="byline_order_from_one"),
        ]

    def __str__(self):
        return self.name

    @property
    def people(self):
        """Return the keys of the people behind the name, as far as we know them."""
        return {self.person_id, self.author and self.author.user_id} - {None}

    def know(self, person, consent):
        """Keep who this is, and what she has said so far."""
        self.person, self.consent = person, consent
        self.save(update_fields=["person", "consent"])

    def lead_to_a_page(self):
        """Let the name lead to the page of its author, as far as we know who that is."""
        user = self.person or (self.submission.corresponding_author if self.order == 1 else None)
        self.author = Author.called(self.name, user=user, biography=self.biography)
        self.save(update_fields=["author"])

    def known(self):
        """Return what stays when the same person is named again."""
        return {"person": self.person, "consent": self.consent, "biography": self.biography}


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
