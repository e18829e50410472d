"""What the pages of readers ask about the pieces, each written once (`forum/lib/asked.py`)."""

from django.db.models import CharField, Exists, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from articles.models.public import in_public
from articles.models.public.article import Article
from articles.models.public.author import Author
from articles.models.public.question import Answer, Question, Stance
from articles.models.public.shelved import Shelved
from articles.models.public.shelves import ShelfOf
from forum.lib.asked import NOW, Given, asked

MOST_OF_A_SIDE = 3  # opposing pieces shown under a piece


@asked
def piece_at():
    """Return what is out at an address: one piece for its page, or none."""
    return Article.objects.out(at=NOW).for_page().filter(year=Given("year"), slug=Given("slug", CharField()))


@asked
def piece_named_at():
    """Return what is out at an address: one piece as pages below its own name it, or none."""
    named = ["status", "year", "slug", "published_at", "notice", "submission_id", "edition__title"]
    found = Article.objects.out(at=NOW).select_related("edition").only(*named)
    return found.filter(year=Given("year"), slug=Given("slug", CharField()))


@asked
def related():
    """Return the newest pieces on a topic but for one."""
    return Article.objects.listed(at=NOW).related_to(topic=Given("topic"), pk=Given("pk")).for_cards()[:3]


@asked
def opposing():
    """Return the newest pieces on each side of the questions of one that it is not on."""
    otherwise = Article.objects.listed(at=NOW).opposing(Given("pk"))
    latest = {"partition_by": ["question_id", "stance"], "order_by": ["-published_at", "-pk"]}
    newest = otherwise.annotate(place=Window(RowNumber(), **latest)).filter(place__lte=MOST_OF_A_SIDE)
    return otherwise.filter(pk__in=newest.values("pk")).for_cards("question_id", "stance")


@asked
def newest():
    """Return the pieces from which the front page is made."""
    return Article.objects.listed(at=NOW).for_front()[:48]


@asked
def body_of():
    """Return the text of one piece as it was written."""
    return Article.objects.listed(at=NOW).filter(pk=Given("pk")).values_list("edition__body", flat=True)


@asked
def question_at():
    """Return the question that has a page at an address, or none."""
    return Question.objects.open_to_readers().filter(slug=Given("slug", CharField()))


@asked
def author_at():
    """Return the author in print whose page has an address."""
    return Author.objects.in_print(at=NOW).with_portraits().filter(slug=Given("slug", CharField()))


@asked
def argued_last():
    """Return the question with a piece readers can see on either side that was argued last, or none."""
    given = Answer.objects.filter(in_public.listed("article__", NOW), question=OuterRef("thing"))
    both = Exists(given.filter(stance=Stance.YES)), Exists(given.filter(stance=Stance.NO))
    shown = Exists(Question.objects.open_to_readers().filter(pk=OuterRef("thing")))
    argued = Shelved.objects.filter(shown, *both, shelf=ShelfOf.QUESTION, published_at__lte=NOW)
    latest = argued.order_by("-published_at", "-thing").values("thing")[:1]
    return Question.objects.open_to_readers().filter(pk=Subquery(latest))
