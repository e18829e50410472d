from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.public.author import Author, PrintedAs


class Consent(models.TextChoices):
    """What a co-author has said to being printed as one."""

    ASKED = "asked", "was asked and has not answered yet"
    YES = "yes", "has agreed"
    NO = "no", "has said no"


class BylineQuerySet(models.QuerySet):
    """The authors of a submission, as they are asked whether they agree."""

    def unasked(self):
        """Return who was named by her address and has not been asked."""
        return self.filter(consent="").exclude(email="")

    def without_consent(self):
        """Return who was asked and has not agreed."""
        return self.filter(consent__in=[Consent.ASKED, Consent.NO])


class Bylines(models.Manager.from_queryset(BylineQuerySet)):
    """Bylines come with their authors, which say who is behind a name."""

    def get_queryset(self):
        return super().get_queryset().select_related("author")


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

    def known(self):
        """Return what stays when the same person is named again."""
        return {"person": self.person, "consent": self.consent, "biography": self.biography}
