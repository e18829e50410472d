import secrets
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.workflow import ARTICLE
from forum.lib.storage import Missing
from forum.lib.tries import setbacks

PREPARING = "articles.tasks.prepare_picture"


def new_key():
    """Return a name for a picture that nobody can guess."""
    return secrets.token_hex(10)


def original_path(picture, filename):
    """Return where the file as it came is kept, without an address."""
    return f"originals/{picture.key}"


def as_they_stand(pictures):
    """Return pictures, each that is not ready with its setback, what keeps it from being prepared."""
    pictures = list(pictures)
    waiting = [picture.pk for picture in pictures if picture.is_waiting]
    found = setbacks(PREPARING, waiting) if waiting else {}
    for picture in pictures:
        picture.setback = found.get(picture.pk)
    return pictures


@dataclass(frozen=True)
class PrintedPicture:
    """What `forum.lib.text.prose.render` needs of a picture."""

    alt: str
    credit: str
    width: int
    height: int
    sources: list
    fallback: str


class PictureQuerySet(models.QuerySet):
    """Pictures as pages and tasks ask for them."""

    def unready(self):
        """Return those that cannot be printed: still to be prepared, or impossible to."""
        return self.filter(ready_at=None)

    def public(self):
        """Return those of pieces readers can see, and the portraits of authors in print."""
        now = timezone.now()
        printed = Q(
            submission__article__status__in=ARTICLE.where(readable=True),
            submission__article__published_at__lte=now,
            submission__article__edition__body__contains=F("key"),
        )
        portraits = Q(
            portrayed__printed_bylines__edition__current_of__status__in=ARTICLE.where(readable=True),
            portrayed__printed_bylines__edition__current_of__published_at__lte=now,
        )
        return self.exclude(ready_at=None).filter(printed | portraits).distinct()

    def for_print(self, at):
        """Return the prepared ones by key, their files lying below the address `at`."""
        return {picture.key: picture.for_print(at) for picture in self.exclude(ready_at=None)}

    def as_they_stand(self):
        """Return them all, and of each that is not ready what keeps it."""
        return as_they_stand(self)


class Picture(models.Model):
    """A figure or a portrait: the file as it came, kept private, and what is served of it."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    submission = models.ForeignKey(
        "articles.Submission", models.CASCADE, null=True, blank=True, related_name="pictures"
    )
    original = models.FileField(upload_to=original_path, max_length=120)
    alt = models.CharField("what the picture shows", max_length=400, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    renditions = models.JSONField(default=list, blank=True, editable=False)
    failure = models.CharField(max_length=200, blank=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)

    setback = None

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.alt or self.key

    @classmethod
    def keep(cls, data, *, alt="", credit="", submission=None):
        """Store a picture as it came; it is prepared for printing afterwards."""
        picture = cls(alt=alt[:400], credit=credit, submission=submission)
        picture.original.save("picture", ContentFile(data), save=False)
        picture.save(force_insert=True)
        return picture

    def read(self):
        """Return the file as it came; b"" where it is missing from the store."""
        try:
            with self.original.open("rb") as file:
                return file.read()
        except Missing:
            return b""

    @property
    def is_waiting(self):
        """Whether it is still to be prepared, and can be."""
        return not (self.ready_at or self.failure)

    def path(self, name):
        """Return where the rendition `name`, such as `960.avif`, is stored."""
        return f"pictures/{self.key}/{name}"

    def paths(self):
        """Return where everything that was made of it is stored."""
        return [self.path(f"{width}.{extension}") for width, _height, _mime, extension in self.renditions]

    @property
    def smallest(self):
        """Return the file name of its smallest JPEG."""
        widths = [width for width, _height, mime, _extension in self.renditions if mime == "image/jpeg"]
        return f"{min(widths)}.jpg" if widths else ""

    def describe(self, *, alt, credit):
        """Say what it shows and whose it is."""
        self.alt, self.credit = alt, credit
        self.save(update_fields=["alt", "credit"])

    def prepare(self, renditions):
        """Store what was made of the original (`forum.lib.images.Rendition`) and say that it is ready."""
        for made in renditions:
            path = self.path(f"{made.width}.{made.extension}")
            default_storage.delete(path)
            default_storage.save(path, ContentFile(made.data))
        self.renditions = [[made.width, made.height, made.mime, made.extension] for made in renditions]
        self.ready_at = timezone.now()
        self.save(update_fields=["renditions", "ready_at"])

    def fail(self, reason):
        """Say why nothing could be made of the original."""
        self.failure = reason[:200]
        self.save(update_fields=["failure"])

    def forget_failure(self):
        """Let it be tried once more."""
        self.failure = ""
        self.save(update_fields=["failure"])

    def for_print(self, at):
        """Return this picture for print, its files lying below the address `at`."""
        address = f"{at}{self.key}/"
        by_mime = {}
        for width, _height, mime, extension in self.renditions:
            by_mime.setdefault(mime, []).append(f"{address}{width}.{extension} {width}w")
        jpegs = [made for made in self.renditions if made[2] == "image/jpeg"]
        width, height, _mime, extension = max(jpegs)
        return PrintedPicture(
            alt=self.alt,
            credit=self.credit,
            width=width,
            height=height,
            sources=[(mime, ", ".join(names)) for mime, names in by_mime.items()],
            fallback=f"{address}{width}.{extension}",
        )
