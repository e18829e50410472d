"""The page Transparency: its numbers are those of the database, and small ones stay hidden."""

import csv
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from statistics import median

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles import openness
from articles.models import Article, ArticleEvent, Submission, SubmissionEvent
from forum import figures
from forum.lib.openness import Desk, Public
from forum.pages.models import SiteSettings
from tests import makers

FATES = ["Accepted", "Declined", "Withdrawn or given up by the author", "Not decided yet"]


@pytest.fixture
def many(sami, maggie):
    """Sixty pieces of three years, some of them sent in around New Year's Eve."""
    chance = Random(4)
    states = ["submitted", "in_review", "with_author", "proof", "ready", "declined", "withdrawn", "dismissed"]
    for number in range(60):
        came = datetime(chance.choice([2023, 2024, 2025]), 12, 31, 12, tzinfo=UTC) + timedelta(hours=number / 2)
        piece = Submission.objects.create(status=chance.choice(states), corresponding_author=sami, editor=maggie)
        verbs = ["submit", "take_up", *chance.sample(["ask_for_changes", "decline", "accept", "reassign"], 2)]
        for verb in ["begin", *verbs, "submit"]:
            came += timedelta(days=chance.randint(0, 9)) if verb != "begin" else timedelta()
            piece.events.create(verb=verb, target="-", at=came, actor_kind="user", actor=maggie)


def count_by_hand(zone):
    """Count again, piece by piece."""
    fates, waits, dismissed = Counter(), {}, Counter()
    for piece in Submission.objects.all():
        events = list(piece.events.order_by("at", "pk"))
        came = next(event.at for event in events if event.verb == "submit").astimezone(zone).date()
        if piece.status == "dismissed":
            dismissed[came.year] += 1
            continue
        fate = {"declined": FATES[1], "withdrawn": FATES[2], "proof": FATES[0], "ready": FATES[0]}
        fates[came.year, fate.get(piece.status, FATES[3])] += 1
        answers = [event.at for event in events if event.verb in ("ask_for_changes", "accept", "decline")]
        waits.setdefault(came.year, []).append((min(answers).astimezone(zone).date() - came).days)
    return fates, waits, dismissed


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_numbers_are_those_of_the_database(many, zone):
    with timezone.override(zone):
        table = openness.what_came(Public)
        fates, waits, dismissed = count_by_hand(timezone.get_current_timezone())
    told = {(measure, year): number for measure, year, number in table}
    assert table.years == sorted(waits, reverse=True)
    for year in table.years:
        whole = sum(fates[year, fate] for fate in FATES)
        assert told["Came", year] == (whole if whole >= 5 else None)
        assert told["Median days to the first answer", year] == (median(waits[year]) if whole >= 5 else None)
        assert told["Set aside as no submissions", year] == (dismissed[year] if dismissed[year] >= 5 else None)
        assert {told[fate, year] for fate in FATES} - {None} <= {fates[year, fate] for fate in FATES if whole}
        for fate in FATES:
            assert told[fate, year] in (None, fates[year, fate])
            assert told[fate, year] is None or told[fate, year] >= 5
    assert any(told[fate, year] for fate in FATES for year in table.years)


def test_no_hidden_part_can_be_worked_out_from_the_rest():
    for numbers in product(range(9), repeat=4):
        told = Public.parts(dict(enumerate(numbers)))
        hidden = [number for part, number in enumerate(numbers) if told[part] is None]
        assert all(told[part] in (None, number) for part, number in enumerate(numbers))
        assert all(number in hidden for number in numbers if number < 5)
        if hidden and sum(numbers) >= 5:
            assert len(hidden) > 1
            assert sum(hidden) >= 5


def test_what_people_do_is_counted_in_its_year(sami, edith, maggie):
    SiteSettings.objects.update(publisher_is_not_accepter=True)
    article = makers.an_article(sami, edith, maggie)
    for change in ("correction", "typo"):
        note = "" if change == "typo" else "We say who signed."
        article.amend(by=edith, change=change, note=note, body=article.edition.body.replace("daylight", "day light"))
    article.retract(by=maggie, notice="It was copied.")
    makers.a_ready(sami, maggie, title="Her own choice").publish_anyway(by=maggie, reason="Nobody else is here.")
    makers.a_ready(maggie, edith, title="Her own piece").publish(by=maggie)
    makers.a_scheduled(sami, edith, maggie, title="Still to come")
    makers.a_submitted(sami).take_back(by=sami)
    makers.a_submitted(sami).dismiss(by=edith)
    makers.in_review(sami, edith).withdraw(by=sami)
    makers.a_draft(sami)
    Submission.commission(by=edith, email=sami.email, name="Sami", title="Asked for", body=makers.BODY)
    year = timezone.localdate().year
    came, did = ({measure: number for measure, _, number in table} for table in openness.figures(Desk))
    assert came == {
        "Came": 6, "Accepted": 4, "Declined": 0, "Withdrawn or given up by the author": 1, "Not decided yet": 1,
        "Median days to the first answer": 0, "Set aside as no submissions": 1,
    }  # fmt: skip
    assert list(did.values()) == [3, 1, 1, 2]
    assert Article.objects.out().count() == 3
    assert {table.years[0] for table in openness.figures(Desk)} == {year}
    old = datetime(year - 3, 6, 1, tzinfo=UTC)
    for rows in (SubmissionEvent.objects.filter(verb="publish_anyway"), ArticleEvent.objects.all()):
        rows.update(at=old)
    moved = {(measure, year): number for measure, year, number in openness.what_we_did(Desk)}
    assert [moved[measure, year] for measure in did] == [3, 0, 0, 1]
    assert [moved[measure, year - 3] for measure in did] == [0, 1, 1, 1]


def test_the_page_says_the_rules_and_the_numbers_to_everybody_alike(client, many, django_assert_num_queries):
    page = client.get("/transparency/")
    assert page.headers["Cache-Control"] == "no-cache"
    assert page.content == client.get("/transparency/").content
    assert "no rule at present that somebody else must publish" in page.text
    assert "within 14 days" in page.text
    assert '<a href="/transparency/">Transparency</a>' in client.get("/about/").text
    SiteSettings.objects.update(publisher_is_not_accepter=True)
    assert "Whoever accepts a piece does not publish it: this rule is in force." in client.get("/transparency/").text
    sheet = client.get("/transparency/figures.csv")
    rows = list(csv.reader(sheet.text.splitlines()))
    assert rows[0] == ["table", "measure", "year", "number"]
    told = [[table.title, measure, str(year), "" if number is None else str(number)]
            for table in openness.figures(Public) for measure, year, number in table]  # fmt: skip
    assert rows[1:] == told
    with django_assert_num_queries(1):
        openness.what_came(Public)
    with django_assert_num_queries(4):
        openness.what_we_did(Public)


def test_the_clock_counts_so_that_no_page_has_to(client, signed_in, maggie, many, monkeypatch):
    pages = [(client, "/transparency/"), (signed_in(maggie), "/admin/figures/")]
    figures.due()
    monkeypatch.setattr(figures, "COUNTING", [])
    assert ["<td>" in browser.get(path).text for browser, path in pages] == [True, True]
    figures.due()
    assert ["<td>" in browser.get(path).text for browser, path in pages] == [True, True]
    cache.delete("figures")
    figures.due()
    assert ["<td>" in browser.get(path).text for browser, path in pages] == [False, False]


def test_the_desk_sees_the_numbers_that_readers_are_not_told(sami, edith, maggie, signed_in):
    makers.an_article(sami, edith, maggie)
    makers.a_submitted(sami).dismiss(by=edith)
    assert {number for table in openness.figures(Public) for _, _, number in table} == {None}
    page = signed_in(maggie).get("/admin/figures/").text
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th><td>([^<]*)</td></tr>', page))
    assert [rows[name] for name in ("Came", "Accepted", "Declined", openness.DISMISSED)] == ["1", "1", "0", "1"]
    assert '<a href="/admin/figures/">' in signed_in(maggie).get("/admin/").text
    assert '<a href="/admin/figures/">' not in signed_in(edith).get("/admin/").text
