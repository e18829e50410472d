"""What the desk asks about comments, each written once (`forum/lib/asked.py`)."""

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)

from accounts.models import EarlierName
from comments.models.appeal import Appeal
from comments.models.comment import Comment
from comments.models.report import URGENT, Reason, Report, ReportCase
from comments.models.ruling import Ruling
from comments.workflow import RESTRICTIVE
from forum.lib.asked import Given, Keys, asked
from forum.lib.rows import Beside

PERSON, HER_PIECES = Given("person"), Keys("pieces")
REPORT, HELD, APPEAL = "report", "comment", "appeal"
KINDS = [REPORT, HELD, APPEAL]
FIRST, ALL = 10, Window(Count("pk"))  # how many lines the front page has, and how many wait in all
SINCE = Given("late_since", DateTimeField())  # what has waited longer is late
REACH = 3  # comments before one and behind it
LATE = "late"
STEPS = [*URGENT, LATE, *(reason for reason in Reason.values if reason not in URGENT)]
"""The one order of the moderators, in their queue and on the front page; behind it comments to read, and objections."""


@asked
def waiting():
    """Return what waits for a moderator: its step, its kind, its key, that of its comment, since when, the reason."""
    held = Comment.objects.far_from(PERSON, HER_PIECES).held()
    objected = Appeal.objects.waiting().far_from(PERSON, HER_PIECES)
    cases = _places(_reported(), REPORT, "comment", "opened_at", F("reason"))
    to_read = _places(held, HELD, "pk", "moved_at", Value(""))
    return cases.union(to_read, _places(objected, APPEAL, "ruling__comment", "submitted_at", Value("")), all=True)


@asked
def first_held():
    """Return what lines say of the comments that waited longest to be read by a moderator."""
    names = {"title": F("discussion__article__edition__title"), "pen_name": F("speaks_as__name")}
    found = Comment.objects.far_from(PERSON, HER_PIECES).held().annotate(**names, **_all("moved_at"))
    return found.values_list("pk", "written_as", "moved_at", *names, "total", "late", named=True)[:FIRST]


@asked
def first_reported():
    """Return the same of the reports that a moderator may decide about, step by step."""
    names = {"number": F("comment__number"), "title": F("comment__discussion__article__edition__title")}
    found = _reported().annotate(step=_step(REPORT, "opened_at", SINCE), **names, **_all("opened_at"))
    found = found.order_by("step", "opened_at", "pk")
    return found.values_list("comment", "reason", "opened_at", *names, "total", "late", named=True)[:FIRST]


@asked
def first_objected():
    """Return the same of the objections that a moderator can decide about."""
    names = {"number": F("ruling__comment__number"), "title": F("ruling__comment__discussion__article__edition__title")}
    found = Appeal.objects.waiting().far_from(PERSON, HER_PIECES).annotate(**names, **_all("submitted_at"))
    return found.values_list("pk", "submitted_at", *names, "total", "late", named=True)[:FIRST]


def _all(since):
    """Return how many there are in all, and how many of them are late."""
    return {"total": ALL, "late": Window(Count("pk", filter=Q(**{f"{since}__lt": SINCE})))}


def _reported():
    close = Comment.objects.is_close(PERSON, "comment__", HER_PIECES)
    return ReportCase.objects.exclude(close).filter(status="open")


def _places(found, kind, about, since, reason):
    step = _step(kind, since, Given(f"late_{kind}", DateTimeField()))
    return found.order_by().values_list(step, Value(kind), "pk", about, since, reason)


def _step(kind, since, late_since):
    """Say on which of the steps something stands; on each, what waits longest is first."""
    late = Q(**{f"{since}__lt": late_since})
    steps = STEPS if kind == REPORT else [LATE]
    cases = [When(late if step == LATE else Q(reason=step), then=Value(STEPS.index(step))) for step in steps]
    return Case(*cases, default=Value(len(STEPS) + KINDS.index(kind)), output_field=IntegerField())


@asked
def waiting_for_others():
    """Return the keys of the objections that a moderator reads and does not decide, longest first."""
    seen = Appeal.objects.exclude(Comment.objects.is_close(PERSON, "ruling__comment__", HER_PIECES))
    return seen.waiting().close_to(PERSON, HER_PIECES).values_list("pk", flat=True)


@asked
def lines():
    """Return what a line says of some comments, and of the reports about each that are open."""
    case = ReportCase.objects.filter(comment=OuterRef("pk"), status="open")
    reports = Report.objects.filter(case__comment=OuterRef("pk"), case__status="open").order_by().values("case")
    left = EarlierName.objects.filter(person=OuterRef("author"), left_at__gt=Given("told_since", DateTimeField()))
    told = {
        "by": F("author"),
        "email": F("author__email"),
        "now_called": F("author__name"),
        "left": Beside(left.order_by("-pk"), "name"),
        "pen_name": F("speaks_as__name"),
        "title": F("discussion__article__edition__title"),
        "text": F("current__text"),
        "held_for": F("current__held_for"),
        "reported": Subquery(case.values("revision__text")),
        "reports": Subquery(reports.annotate(number=Count("pk")).values("number")),
    }
    found = Comment.objects.filter(pk__in=Keys("comments")).annotate(**told).order_by()
    return found.values_list("pk", "status", "turn", "number", "written_as", *told, named=True)


@asked
def objections():
    """Return the words of some objections, and whether the writer of the comment says them."""
    by_writer = Case(When(objector=F("ruling__comment__author"), then=Value(1)), default=Value(0))
    return Appeal.objects.filter(pk__in=Keys("appeals")).order_by().values_list("pk", "words", by_writer)


@asked
def one_on_desk():
    """Return a comment that a moderator may decide about, with the piece it is about."""
    return Comment.objects.far_from(PERSON, HER_PIECES).for_desk().filter(pk=Given("comment"))


@asked
def next_to():
    """Return what has these places in a discussion, in order."""
    places = {"number__gte": Given("first"), "number__lte": Given("last")}
    return _with_place().filter(**places).order_by("number")


@asked
def last_ones():
    """Return the last comments of a discussion, the newest first."""
    return _with_place().order_by("-number")[:REACH]


def _with_place():
    there = Comment.objects.filter(discussion=Given("discussion"), number__isnull=False)
    return there.select_related("author", "speaks_as", "current")


@asked
def decided_about():
    """Return what was decided about a comment, and against the others of its writer, newest first."""
    against = Q(comment__author=Given("writer"), verb__in=RESTRICTIVE)
    ways = [Ruling.objects.order_by().filter(way).values("pk") for way in (Q(comment=Given("comment")), against)]
    found = Ruling.objects.filter(pk__in=ways[0].union(ways[1]))  # each by an index
    return found.select_related("rule", "by").order_by("-pk")


@asked
def similar():
    """Return what was decided last by a rule about other comments than one."""
    return Ruling.objects.similar(Given("slug", CharField())).exclude(comment=Given("comment"))[:5]


@asked
def strikes():
    """Return the keys of the strikes against somebody since a moment."""
    return Ruling.objects.strikes(Given("writer"), since=Given("since", DateTimeField())).values_list("pk", flat=True)


@asked
def just_made():
    """Return what somebody decided against comments since a moment, and stands, newest first."""
    return Ruling.objects.just_made(PERSON, since=Given("since", DateTimeField()))[:50]
