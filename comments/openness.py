"""The work of the moderators in numbers, for everybody to read."""

from collections import defaultdict
from statistics import median

from django.utils import timezone

from comments.models import Appeal, Comment, ReportCase, Rule, Ruling
from comments.workflow import APPEAL, REPORT_CASE
from forum.lib.openness import HIDDEN, SMALLEST, Figures, shown, shown_parts

UNDECIDED = "Not decided yet"
FATES = {
    "published": "Published",
    "removed": "Removed by the editors",
    "spam": "Removed as spam",
    "withdrawn": "Withdrawn by the writer",
    "pending": "Waiting to be read, or hidden for now",
    "hidden": "Waiting to be read, or hidden for now",
}
OUTCOMES = {**REPORT_CASE.states, "moot": "Withdrawn by the writer", "open": UNDECIDED}
SANCTIONED = {"warn": "Warnings", "hold_comments": "Comments read first", "pause": "Pauses", "ban": "Bans"}
ANSWERS = {**APPEAL.states, "submitted": UNDECIDED}


def figures():
    """Return the tables about comments."""
    return [what_was_written(), decisions_by_rule(), sanctions(), reports(), objections()]


def what_was_written():
    """Return the comments written in each year, and what became of them so far."""
    years = _years(Comment.objects.fates_by_year(), FATES, "Written")
    return _table("Comments", years, "written")


def decisions_by_rule():
    """Return how often a comment was hidden or removed, or its writer asked to reword it, by rule."""
    rules = {rule.slug: rule.many[0].upper() + rule.many[1:] for rule in Rule.objects.in_force()}
    years = _years(Ruling.objects.taking_away().by_rule_and_year(), rules, "Decisions")
    return _table("Decisions against comments, by rule", years, "decisions")


def sanctions():
    """Return how often something was decided about a writer beyond one comment, by what it was."""
    years = _years(Ruling.objects.sanctioning().by_verb_and_year(), SANCTIONED, "Sanctions")
    return _table("Sanctions", years, "sanctions")


def reports():
    """Return how many comments were reported in each year, what came of it, and how long that took."""
    rows, waits = [], defaultdict(list)
    for opened, decided, status in ReportCase.objects.outcomes():
        year = timezone.localtime(opened).year
        rows.append((year, status, 1))
        if status in ("removed", "kept"):
            waits[year].append((decided - opened).total_seconds() / 3600)
    years = _years(rows, OUTCOMES, "Comments reported")
    for year, told in years.items():
        enough = len(waits[year]) >= SMALLEST
        told["Median hours until decided"] = round(median(waits[year])) if enough else HIDDEN
    return _table("Reports", years, "reports")


def objections():
    """Return how many decisions were objected to in each year, and how that ended."""
    return _table("Objections", _years(Appeal.objects.answers_by_year(), ANSWERS, "Objections"), "objections")


def _years(rows, parts, total):
    """Return for each year of (year, part, number) the total and its named parts, small numbers hidden."""
    years = defaultdict(lambda: dict.fromkeys(parts.values(), 0))
    for year, part, number in rows:
        years[year][parts[part]] += number
    return {year: {total: shown(sum(found.values())), **shown_parts(found)} for year, found in years.items()}


def _table(title, years, name):
    return Figures.of(title, years, notes=f"comments/counted/{name}.html")
