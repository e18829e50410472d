"""The work of the moderators in numbers."""

from collections import defaultdict

from django.utils import timezone

from comments.models import Appeal, Comment, ReportCase, Rule, Ruling
from comments.workflow import APPEAL, REPORT_CASE
from forum.lib.openness import Figures

UNDECIDED = "Not decided yet"
FATES = {
    "published": "Published",
    "removed": "Removed by the editors",
    "spam": "Removed as spam",
    "withdrawn": "Withdrawn by the writer",
    "pending": "Waiting to be read, or hidden for now",
    "hidden": "Waiting to be read, or hidden for now",
}
OUTCOMES = {**dict(REPORT_CASE.choices), "moot": "Withdrawn by the writer", "open": UNDECIDED}
SANCTIONED = {"warn": "Warnings", "hold_comments": "Comments read first", "pause": "Pauses", "ban": "Bans"}
ANSWERS = {**dict(APPEAL.choices), "submitted": UNDECIDED}


def figures(told):
    """Return the tables about comments, as `told` to the public or to the desk."""
    return [table(told) for table in (what_was_written, decisions_by_rule, sanctions, reports, objections)]


def what_was_written(told):
    """Return the comments written in each year, and what became of them so far."""
    years = _years(told, Comment.objects.fates_by_year(), FATES, "Written")
    return _table("Comments", years, "written")


def decisions_by_rule(told):
    """Return how often a comment was hidden or removed, or its writer asked to reword it, by rule."""
    rules = {rule.slug: rule.many[0].upper() + rule.many[1:] for rule in Rule.objects.in_force()}
    years = _years(told, Ruling.objects.taking_away().by_rule_and_year(), rules, "Decisions")
    return _table("Decisions against comments, by rule", years, "decisions")


def sanctions(told):
    """Return how often something was decided about a writer beyond one comment, by what it was."""
    years = _years(told, Ruling.objects.sanctioning().by_verb_and_year(), SANCTIONED, "Sanctions")
    return _table("Sanctions", years, "sanctions")


def reports(told):
    """Return how many comments were reported in each year, what came of it, and how long that took."""
    rows, waits = [], defaultdict(list)
    for opened, decided, status in ReportCase.objects.outcomes():
        year = timezone.localtime(opened).year
        rows.append((year, status, 1))
        if REPORT_CASE.states[status].decided:
            waits[year].append((decided - opened).total_seconds() / 3600)
    years = _years(told, rows, OUTCOMES, "Comments reported")
    for year, numbers in years.items():
        middle = told.middle(waits[year])
        numbers["Median hours until decided"] = middle and round(middle)
    return _table("Reports", years, "reports")


def objections(told):
    """Return how many decisions were objected to in each year, and how that ended."""
    return _table("Objections", _years(told, Appeal.objects.answers_by_year(), ANSWERS, "Objections"), "objections")


def _years(told, rows, parts, total):
    """Return for each year of (year, part, number) the total and its named parts, as they are told."""
    years = defaultdict(lambda: dict.fromkeys(parts.values(), 0))
    for year, part, number in rows:
        years[year][parts[part]] += number
    return {year: {total: told.number(sum(found.values())), **told.parts(found)} for year, found in years.items()}


def _table(title, years, name):
    return Figures.of(title, years, notes=f"comments/counted/{name}.html")
