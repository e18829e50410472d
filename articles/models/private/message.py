import secrets

from django.db import IntegrityError, models
from django.db.models import Count, Q, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles import promises
from articles.models.private.submission import Submission
from articles.workflow import MESSAGE
from forum.lib.moves import Moving
from forum.lib.text.prose import FinishedField, paragraphs
from forum.lib.ties import keys_close_to


def new_receipt():
    """Return a name for a message that only its sender knows."""
    return secrets.token_urlsafe(16)


def receipt_of(key, *said):
    """Return the same name for the same words from the same page, however often it is sent."""
    return salted_hmac("articles.message", repr((key, *said)), algorithm="sha256").hexdigest()[:32]


class MessageQuerySet(models.QuerySet):
    """Messages as the desk asks for them."""

    def on_desk(self, user):
        """Return what a moderator may answer: not what readers say of a piece she is too close to."""
        return self.about_none_of(keys_close_to(user, Submission))

    def about_none_of(self, pieces):
        """Return what is not about these pieces, once they are in print."""
        return self.exclude(article__submission__in=pieces)

    def of(self, person):
        """Return what somebody with an account wrote, signed in or under the address of her account."""
        hers = Q(events__verb="send", events__actor=person) | Q(email__iexact=person.email)
        return self.filter(hers).distinct()

    def waiting(self):
        """Return what nobody has answered, the oldest promise first."""
        return self.filter(status="open").for_lists().order_by("due_at", "pk")

    def suggested_for(self, article):
        """Return the corrections that readers suggest for a piece and nobody answered, the oldest promise first."""
        return self.filter(kind=self.model.Kind.CORRECTION, article=article, status="open").order_by("due_at", "pk")

    def for_desk_list(self):
        """Return what the desk's list says of each, the newest first."""
        said = ("pk", "kind", "status", "name", "text", "article__edition__title", "sent_at", "due_at")
        return self.order_by("-sent_at", "-pk").values_list(*said, named=True)

    def for_panel(self, now):
        """Return what the front page of the desk says of each; all carry, as `total` and `late`, how many are so."""
        said = ("pk", "kind", "name", "text", "article__edition__title", "sent_at", "due_at", "total", "late")
        late = Window(Count("pk", filter=Q(due_at__lt=now)))
        return self.annotate(total=Window(Count("pk")), late=late).values_list(*said, named=True)

    def in_state(self, status):
        """Return the messages in one state, or all for ""."""
        return self.filter(status=status) if status else self

    def matching(self, words):
        """Return the messages in whose text, sender or piece all these words stand."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(text__icontains=word) | Q(name__icontains=word) | Q(article__edition__title__icontains=word)
            )
        return found

    def for_desk(self):
        """Return one message with the piece it is about and what happened to it."""
        return self.select_related("article__edition").prefetch_related("events__actor")

    def for_lists(self):
        long = ["article__edition__body", "article__edition__html"]
        return self.select_related("article__edition").defer(*long)


class Message(Moving):
    """What a reader wrote to the editors: a question, a suggested correction, an abuse on a page."""

    machine = MESSAGE

    class Kind(models.TextChoices):
        CONTACT = "contact", "Message to the editors"
        CORRECTION = "correction", "Suggested correction"
        ABUSE = "abuse", "Report of abuse"

    receipt = models.CharField(max_length=32, unique=True, default=new_receipt, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    reason = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    html = FinishedField(editable=False)
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answer_text = models.TextField(blank=True)
    answer_html = FinishedField(blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "due_at"]),
            *(models.Index(fields=[*of, "-sent_at", "-id"]) for of in ([], ["status"])),
        ]
        constraints = [MESSAGE.constraint("message_status_known")]

    def __str__(self):
        return f"{self.get_kind_display()}, {timezone.localtime(self.sent_at):%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("message_receipt", args=[self.receipt])

    @property
    def outcome(self):
        """Return how things stand, for whoever wrote it."""
        heard = {"answered": "We have answered your message", "closed": "We have read your message"}
        return heard.get(self.status, "Your message has arrived")

    @property
    def led_to_a_change(self):
        """Say whether it suggested a correction to a text that was changed since."""
        suggests = self.kind == self.Kind.CORRECTION and self.article
        return bool(suggests and self.article.has_versions and self.article.edition.made_at > self.sent_at)

    @classmethod
    def send(cls, *, by, kind, text, key=None, **fields):
        """Store what somebody wrote; the desk answers it. The same words with the same `key` are stored once."""
        receipt = receipt_of(key, kind, text, fields) if key else new_receipt()
        words = {"kind": kind, "text": text, "html": paragraphs(text), "due_at": promises.first_answer()}
        try:
            with cls.making("send", by=by, receipt=receipt, **words, **fields) as message:
                pass
        except IntegrityError:
            return cls.objects.get(receipt=receipt)
        return message

    def answer(self, *, by, text):
        """Answer; who gave an address gets it by mail, everybody reads it at the receipt."""
        with self.moving("answer", by=by):
            self.record(answer_text=text, answer_html=paragraphs(text))

    def close(self, *, by, note=""):
        """Close without an answer."""
        with self.moving("close", by=by, note=note):
            pass
