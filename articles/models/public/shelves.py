"""The pieces as readers and the desk look for them; every list, feed and count starts here."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, TextChoices
from django.db.models.functions import TruncMonth
from django.utils.timezone import make_aware

from articles.models.public import cards, in_public
from articles.models.public.author import PrintedByline
from articles.models.public.edition import Edition
from articles.models.public.question import Answer
from forum.lib.ties import TiedQuerySet

SHOWN = ["status", "year", "slug", "published_at", "notice", "submission_id"]
SHOWN += ["perspective", "perspective_country", "perspective_words", "connection"]
SHOWN += [f"edition__{name}" for name in ("title", "standfirst", "html", "words", "number", "declarations", "made_at")]
SHOWN += [f"{shelf}__{name}" for shelf in ("kind", "primary_topic") for name in ("name", "slug")]

FED = ["year", "slug", "published_at", "primary_topic_id"]
FED += [f"edition__{name}" for name in ("title", "standfirst", "html", "number", "made_at")]


def midnight(day):
    """Return when a day begins, in the site's zone."""
    return make_aware(datetime.combine(day, time.min))


def next_month(first):
    """Return the first day of the month after that of this first day."""
    return (first + timedelta(days=31)).replace(day=1)


class ShelfOf(TextChoices):
    """What readers find pieces by that stands in rows beside them (`shelved.py`)."""

    TOPIC = "topic"
    REGION = "region"
    QUESTION = "question"
    AUTHOR = "author"


class ArticleQuerySet(TiedQuerySet):
    """Articles as readers meet them."""

    TIES = {"submission__corresponding_author": Q(), "edition__bylines__author__user": Q()}

    def out(self, at=None):
        """Return all whose day has come, removed ones included."""
        return self.filter(in_public.out(at=at))

    def listed(self, at=None):
        """Return what lists, feeds and search show."""
        return self.filter(in_public.listed(at=at))

    def readable(self):
        """Return what has a page: what is listed, and what was retracted."""
        return self.filter(in_public.readable())

    def matching(self, words):
        """Return the pieces in whose title or names all these words stand."""
        found = self
        for word in words.split()[:8]:
            named = PrintedByline.objects.filter(edition__current_of=OuterRef("pk"), name__icontains=word)
            found = found.filter(Q(edition__title__icontains=word) | Exists(named))
        return found

    def in_state(self, status):
        """Return the pieces in one state, or all for ""."""
        return self.filter(status=status) if status else self

    def unannounced(self):
        """Return what readers can see and nobody was told about yet."""
        return self.listed().filter(announced_at=None)

    def for_cards(self, *more, by="published_at"):
        """Return the rows of a list as cards, newest first; they carry `more`, which this query says."""
        found = self.order_by(f"-{by}", "-pk").annotate(bylines=cards.names())
        found = found.values_list(*cards.COLUMNS, *more)
        found._iterable_class = cards.CardIterable
        return found

    def for_list(self):
        """Return what a list of the desk says of each piece, the newest first."""
        found = self.order_by("-published_at", "-pk").annotate(bylines=cards.names())
        said = ("pk", "status", "edition__title", "kind__name", "published_at", "bylines")
        return found.values_list(*said, named=True)

    def for_desk(self):
        """Return one piece as the desk sees it: with its editions and all that happened to it."""
        editions = Prefetch("editions", Edition.objects.defer("body", "html").select_related("made_by"))
        whole = self.select_related("edition", "kind", "primary_topic", "submission__corresponding_author")
        return whole.prefetch_related(
            "submission__bylines", "edition__bylines", "topics", "regions", "answers__question", "events__actor",
            editions,
        )

    def for_front(self):
        """Return the rows of the front page: cards that know their continents."""
        return self.annotate(continents=cards.continents()).for_cards("continents")

    def for_page(self):
        """Return one article as its page shows it, with what stands beside it."""
        return self.select_related("edition", "kind", "primary_topic").only(*SHOWN).annotate(**cards.beside())

    def for_feeds(self, by="published_at"):
        """Return the rows of a feed, newest first, with their texts."""
        beside = {"told_bylines": cards.names(), "told_topics": cards.beside()["told_topics"]}
        with_texts = self.select_related("edition").only(*FED).annotate(**beside)
        return with_texts.order_by(f"-{by}", "-pk")

    def on_shelf(self, shelf, thing):
        """Return the pieces on a shelf; `stood` is their date there, by which an index has them in order."""
        return self.filter(shelved__shelf=shelf, shelved__thing=thing).alias(stood=F("shelved__published_at"))

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def written_by(self, user):
        """Return the pieces this person sent in or is printed on."""
        printed = PrintedByline.objects.filter(edition__current_of=OuterRef("pk"), author__user=user)
        return self.filter(Q(submission__corresponding_author=user) | Q(Exists(printed)))

    def answering(self, question):
        """Return the pieces that answer a question, each with the `stance` it takes."""
        answers = Answer.objects.filter(article=OuterRef("pk"), question=question)
        return self.on_shelf(ShelfOf.QUESTION, question).annotate(stance=Subquery(answers.values("stance")))

    def opposing(self, pk):
        """Return the pieces that answer a piece's questions otherwise, with `question_id` and `stance`."""
        other, hers = "answers__stance", F("answers__question__answers__stance")
        differs = Q(**{f"{other}__lt": hers}) | Q(**{f"{other}__gt": hers})
        shown = Q(answers__question__shown=True, answers__question__answers__article=pk)
        return self.filter(shown & differs).annotate(question_id=F("answers__question"), stance=F(other))

    def related_to(self, *, topic, pk):
        """Return the other pieces on a piece's primary topic."""
        return self.filter(primary_topic=topic).exclude(pk=pk)

    def of_month(self, first):
        """Return the pieces of the month of this first day, in the site's zone."""
        return self.filter(published_at__gte=midnight(first), published_at__lt=midnight(next_month(first)))

    def by_month(self):
        """Return each month in which something came out, newest first, with the number of pieces."""
        months = self.annotate(month=TruncMonth("published_at")).values("month")
        return months.annotate(pieces=Count("pk")).order_by("-month").values_list("month", "pieces")

    def coming(self, start, end):
        """Return what comes out, or came out, between two moments."""
        return self.filter(status="published", published_at__gte=start, published_at__lt=end)

    def next_change(self, now):
        """Return when pieces come out after `now`, the first one first."""
        return self.filter(status="published", published_at__gt=now).order_by("published_at").values("published_at")
