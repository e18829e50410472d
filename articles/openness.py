"""The desk's work in numbers."""

from collections import defaultdict
from itertools import chain

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils import timezone

from articles.models import Article, ArticleEvent, Submission, SubmissionEvent
from articles.workflow import SUBMISSION
from forum.lib.openness import Figures

BECAME = {
    **dict.fromkeys(SUBMISSION.where(accepted=True), "Accepted"),
    "declined": "Declined",
    "withdrawn": "Withdrawn or given up by the author",
}
UNDECIDED = "Not decided yet"
CAME, MEDIAN, DISMISSED = "Came", "Median days to the first answer", "Set aside as no submissions"
FATES = [*dict.fromkeys(BECAME.values()), UNDECIDED]


def figures(told):
    """Return the tables about pieces, as `told` to the public or to the desk."""
    return [what_came(told), what_we_did(told)]


def what_came(told):
    """Return what was sent in each year, and what became of it so far."""
    years, zone = defaultdict(list), timezone.get_current_timezone()
    for came, answered, status in Submission.objects.ever_sent_in():
        day = came.astimezone(zone).date()
        waited = (answered.astimezone(zone).date() - day).days if answered else None
        years[day.year].append((status, waited))
    counted = {year: _year(pieces, told) for year, pieces in years.items()}
    return Figures.of("What was sent to us", counted, notes="articles/counted/came.html")


def what_we_did(told):
    """Return what was published, put right and done against a rule, in the year it was done."""
    counted = {
        "Published": _by_year(Article.objects.out(), "published_at"),
        "Corrections and other changes told to readers": _by_year(ArticleEvent.objects.amended_openly(), "at"),
        "Retracted or removed": _by_year(ArticleEvent.objects.taken_from_readers(), "at"),
        "Exceptions to who may publish": _by_year(SubmissionEvent.objects.exceptions(), "at"),
    }
    years = {
        year: {measure: told.number(found.get(year, 0)) for measure, found in counted.items()}
        for year in set(chain(*counted.values()))
    }
    return Figures.of("What we did", years, notes="articles/counted/done.html")


def _year(pieces, told):
    fates = dict.fromkeys(FATES, 0)
    kept = [(status, waited) for status, waited in pieces if status != "dismissed"]
    for status, _ in kept:
        fates[BECAME.get(status, UNDECIDED)] += 1
    waits = [waited for _, waited in kept if waited is not None]
    return {
        CAME: told.number(len(kept)),
        **told.parts(fates),
        MEDIAN: told.middle(waits),
        DISMISSED: told.number(len(pieces) - len(kept)),
    }


def _by_year(rows, moment):
    found = rows.order_by().annotate(of_year=ExtractYear(moment)).values_list("of_year")
    return dict(found.annotate(number=Count("pk")))
