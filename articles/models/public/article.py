from django.db import IntegrityError, models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models.public.author import free_slug, names_above
from articles.models.public.edition import Edition, KindOfChange
from articles.models.public.shelves import ArticleQuerySet
from articles.models.public.taxonomy import PLACE, Classified
from articles.typos import more_than_a_typo
from articles.workflow import ARTICLE
from forum.lib.moves import Moving, Refused

IN_ORDER = ([], ["status"], ["kind", "status"], ["status", "primary_topic"])  # is found by date


class Article(Moving, Classified):
    """A piece in public: its address, its place in the magazine, and its current edition."""

    machine = ARTICLE

    submission = models.OneToOneField("articles.Submission", models.PROTECT, related_name="article")
    edition = models.OneToOneField(
        Edition, models.RESTRICT, null=True, editable=False, related_name="current_of"
    )
    year = models.PositiveSmallIntegerField(editable=False)
    slug = models.SlugField(max_length=80, editable=False)
    published_at = models.DateTimeField(editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    notice = models.TextField("what readers are told", max_length=1000, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=[*of, "-published_at", "-id"]) for of in IN_ORDER]
        constraints = [
            ARTICLE.constraint("article_status_known"),
            models.UniqueConstraint(fields=["year", "slug"], name="article_address_once"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("article", args=[self.year, self.slug])

    @property
    def title(self):
        return self.edition.title

    @property
    def standfirst(self):
        return self.edition.standfirst

    @property
    def printed_bylines(self):
        return list(self.edition.bylines.all())

    @property
    def updated_at(self):
        """Return when the text last changed, or None for one that never did."""
        return self.edition.made_at if self.has_versions else None

    @property
    def is_out(self):
        """Say whether its day has come."""
        return self.published_at <= timezone.now()

    @property
    def is_retracted(self):
        return self.status == "retracted"

    @property
    def has_versions(self):
        """Say whether its text was ever changed."""
        return self.edition.number > 1

    @property
    def editions_newest_first(self):
        """Return all its editions, each with the number of the one `before`, or None."""
        editions = list(self.editions.without_texts())
        for edition, earlier in zip(editions, [None, *editions], strict=False):
            edition.before = earlier and earlier.number
        return editions[::-1]

    @property
    def public_changes(self):
        """Return the editions that told readers of a change, newest first."""
        if not self.has_versions:
            return []
        quiet = {KindOfChange.FIRST, KindOfChange.TYPO}
        return [e for e in self.editions.without_texts().reverse() if e.change not in quiet]

    def written_by(self, user):
        """Say whether this person sent this piece in or is bylined on it."""
        if not isinstance(user, User):
            return False
        sent_in = self.submission.corresponding_author_id == user.pk
        return sent_in or self.edition.bylines.filter(author__user=user).exists()

    def names_in_print(self):
        """Return the names that stand above it, without its text."""
        return names_above(edition=self.edition_id)

    def writers(self):
        """Return the keys of the people who sent this piece in or are bylined on it."""
        bylined = self.edition.bylines.exclude(author__user=None).values_list("author__user", flat=True)
        return {self.submission.corresponding_author_id, *bylined}

    @classmethod
    def print_submission(cls, submission, *, by, at=None):
        """Make the public article of an approved submission, out now or at a time to come."""
        at = max(at or timezone.now(), timezone.now())
        try:
            return cls._of(submission, by=by, at=at)
        except IntegrityError:  # another piece of this title took the address at the same moment
            return cls._of(submission, by=by, at=at)

    @classmethod
    def _of(cls, submission, *, by, at):
        year = timezone.localtime(at).year
        taken = set(cls.objects.filter(year=year).values_list("slug", flat=True))
        slug = free_slug(submission.title, taken, "piece")
        fields = {name: getattr(submission, name) for name in ["kind", "primary_topic", *PLACE]}
        with cls.making(
            "publish", by=by, submission=submission, year=year, slug=slug, published_at=at, **fields
        ) as article:
            article.topics.set(submission.topics.all())
            article.regions.set(submission.regions.all())
            for answer in submission.answers.all():
                article.answers.create(question=answer.question, stance=answer.stance)
            told = submission.declarations.printed()
            article._print(by=by, bylines=submission.bylines.all(), declarations=told, **submission.text())
        return article

    @classmethod
    def unprint(cls, submission):
        """Take the article of a submission away, before anybody saw it."""
        cls.objects.filter(submission=submission).delete()
        submission._state.fields_cache.pop("article", None)

    def amend(self, *, by, change, note="", **text):
        """Print the next edition: what changed is said to readers, but for a typing error."""
        with self.moving("amend", by=by, note=note, detail={"change": change}):
            old, new = self.edition.text(), {**self.edition.text(), **text}
            if change == KindOfChange.TYPO and (complaint := more_than_a_typo(old, new)):
                raise Refused(complaint)
            if change != KindOfChange.TYPO and not note:
                raise Refused("Tell readers in a sentence what changed.")
            kept = {"bylines": self.edition.bylines.all(), "declarations": self.edition.declarations}
            self._print(by=by, change=change, note=note, **kept, **new)

    def reclassify(self, *, by, kind, topics, regions):
        """Move the piece to other kinds, topics or regions."""
        with self.moving("reclassify", by=by):
            self.classify(kind=kind, topics=topics, regions=regions)

    def retract(self, *, by, notice):
        """Mark the piece as retracted, with a notice above its text."""
        with self.moving("retract", by=by, note=notice):
            self.record(notice=notice)

    def remove(self, *, by, notice):
        """Leave a neutral tombstone in its place."""
        with self.moving("remove", by=by, note=notice):
            self.record(notice=notice)

    def rename(self, *, by, name):
        """Take the old name out of its address, and have it found by the new one alone."""
        with self.moving("rename", by=by):
            slug = name.put_in_address(self.slug)
            if slug != self.slug:
                self.record(slug=self._free_slug(slug, self.year))

    def restore(self, *, by, note=""):
        """Put the piece back."""
        with self.moving("restore", by=by, note=note):
            self.record(notice="")

    def announce(self, *, by):
        """Say once that readers can see it."""
        with self.moving("announce", by=by):
            self.record(announced_at=timezone.now())

    def move_date(self, at):
        """Set another time of publication; the year in the address follows while nobody has seen it."""
        if at == self.published_at:
            raise Refused("It is to appear at this time already. Choose another one.")
        if at <= timezone.now():
            raise Refused("This time has passed. Choose one to come.")
        year = timezone.localtime(at).year
        place = {"published_at": at, "year": year, "slug": self._free_slug(self.slug, year)}
        still_to_come = type(self).objects.filter(pk=self.pk, published_at__gt=timezone.now())
        if not still_to_come.update(**place):
            raise Refused("Readers can see this piece already.")
        self.refresh_from_db()

    def _free_slug(self, slug, year):
        others = type(self).objects.filter(year=year).exclude(pk=self.pk)
        return free_slug(slug, set(others.values_list("slug", flat=True)), "piece")

    def _print(self, *, by, bylines, **fields):
        bylines = list(bylines)
        number = (self.editions.aggregate(last=Max("number"))["last"] or 0) + 1
        edition = Edition(article=self, number=number, made_by=by)
        edition.set_text(pictures=self.submission.pictures.for_print(reverse("pictures")), **fields)
        edition.save(force_insert=True)
        edition.print_bylines(bylines)
        self.record(edition=edition)
