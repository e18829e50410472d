"""How moderation works in public: the page about it, the line below a discussion and the numbers of each year."""

import csv
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from comments import openness
from comments.models import Appeal, Comment, Discussion, Report, ReportCase, Rule, Ruling
from comments.workflow import APPEAL, COMMENT, REPORT_CASE
from forum.lib.openness import Desk, Public
from forum.pages.models import Page
from tests.comments.making import (
    COMMENTS_IN,
    a_comment,
    a_hidden,
    a_published,
    a_removed,
    a_report,
    a_reported,
    a_rule,
    a_spam,
    a_withdrawn,
    an_appeal,
)
from tests.makers import a_person, an_article

pytestmark = pytest.mark.django_db
PAGE = "/about/moderation/"
LONG_AGO = datetime(2019, 5, 1, tzinfo=UTC)


def this_year():
    return timezone.localdate().year


def line(article):
    """Return what every reader finds below the discussion, its link left out, or None."""
    page = " ".join(Client().get(article.get_absolute_url()).text.split())
    found = re.search(r'<p class="thread-tally">(.*?)</p>', page)
    return re.sub(r"<[^>]*>", "", found[1]) if found else None


def told_this_year(table):
    """Return what a table tells of this year."""
    return {measure: number for measure, year, number in table if year == this_year()}


# the page


def test_the_page_about_moderation_shows_the_rules_in_force_below_the_introduction(client, maggie):
    a_rule("threat").amend(by=maggie, text="No threats, not even veiled ones.")
    page = client.get(PAGE)
    assert page.headers["Cache-Control"] == "no-cache"
    assert not page.cookies
    assert str(Page.objects.by_slug("moderation").html) in page.text
    assert re.findall(r'<li id="rule-(\w+)">', page.text) == [rule.slug for rule in Rule.objects.in_force()]
    for rule in Rule.objects.in_force():
        assert rule.text.replace("'", "&#x27;") in page.text
    assert "No threats, not even veiled ones. <span" in page.text
    assert page.text.count("Version 2, since") == 1
    assert "Nobody threatens anybody here" not in page.text


def test_the_page_about_moderation_says_how_it_is_done_and_for_how_long(client):
    page = client.get(PAGE).text
    headings = re.findall(r'<h2 id="(\w+)">', page)
    assert headings == ["rules", "before", "reporting", "decisions", "objections", "sanctions"]
    assert "within 183 days" in page
    assert "for at most 48 hours" in page
    assert reverse("moderation_rules") == PAGE


def test_an_introduction_nobody_wrote_is_not_found(client):
    Page.objects.filter(slug="moderation").delete()
    assert client.get(PAGE).status_code == 404


# the line below a discussion


def test_where_nothing_was_written_no_line_stands(article, rosa):
    assert line(article) is None
    a_comment(article, rosa)
    assert line(article) is None


def test_where_nothing_was_removed_the_line_says_how_many_comments_there_are(article, rosa, mina):
    a_published(article, rosa, mina)
    assert line(article) == "1 comment"
    a_published(article, rosa, mina)
    a_withdrawn(article, rosa, mina)
    a_hidden(article, rosa, mina)
    assert line(article) == "3 comments"


def test_the_line_says_what_was_removed_by_which_rule_and_what_came_back(article, rosa, mina, edith):
    for state in ("published", "removed", "removed", "spam", "withdrawn"):
        COMMENTS_IN[state](article, a_person(), mina)
    a_comment(article, rosa).remove(by=mina, rule=a_rule("threat"), reason="It never appeared.")
    an_appeal(article, rosa, mina).reverse(by=edith, reason="It is about the argument.")
    an_appeal(article, a_person(), mina).let_stand(by=edith, reason="It is about the person.")
    a_removed(article, rosa, mina).restore(by=edith, reason="A slip.")
    a_spam(article, rosa, mina)
    assert line(article) == "3 comments; 5 removed: 3 attacks, 2 spam; 1 restored on appeal"


def test_the_line_speaks_of_one_in_the_singular(article, rosa, mina):
    a_published(article, rosa, mina).remove(by=mina, rule=a_rule("threat"), reason="No.")
    assert line(article) == "0 comments; 1 removed: 1 threat"


def test_what_came_back_and_was_removed_again_is_removed(article, rosa, mina, edith):
    appeal = an_appeal(article, rosa, mina)
    appeal.reverse(by=edith, reason="It is about the argument.")
    assert line(article) == "1 comment; 1 restored on appeal"
    appeal.ruling.comment.remove(by=edith, rule=a_rule("privacy"), reason="It tells where he lives.")
    assert line(article) == "0 comments; 1 removed: 1 case of private information"


def test_the_versions_of_a_rule_count_as_one_in_its_newest_words(article, rosa, mina, maggie):
    a_removed(article, rosa, mina)
    a_rule().amend(by=maggie, many="insults")
    a_removed(article, rosa, mina)
    assert line(article) == "0 comments; 2 removed: 2 insults"


def test_the_line_takes_one_query(article, rosa, mina, edith, django_assert_num_queries):
    for state in ("published", "removed", "spam"):
        COMMENTS_IN[state](article, rosa, mina)
    an_appeal(article, rosa, mina).reverse(by=edith, reason="It is about the argument.")
    discussion = Discussion.objects.get(article=article)
    with django_assert_num_queries(1):
        assert discussion.tally().total == 2


def test_the_line_counts_its_own_discussion_alone(article, rosa, sami, edith, maggie, mina):
    a_removed(an_article(sami, edith, maggie, title="A promise at noon"), rosa, mina)
    a_published(article, rosa, mina)
    assert line(article) == "1 comment"


# the numbers


def test_every_state_has_its_name_in_the_numbers():
    assert set(openness.FATES) == set(COMMENT.states)
    assert set(openness.OUTCOMES) == set(REPORT_CASE.states)
    assert set(openness.ANSWERS) == set(APPEAL.states)


def test_what_was_written_is_counted_with_what_became_of_it(article, mina):
    for state in COMMENTS_IN:
        COMMENTS_IN[state](article, a_person(), mina)
    a_hidden(article, a_person(), mina)
    Comment.objects.filter(status="hidden", hidden_until=None).update(written_at=LONG_AGO)
    back = a_hidden(article, a_person(), mina)
    Comment.objects.filter(pk=back.pk).update(hidden_until=timezone.now() - timedelta(hours=1))
    table = openness.what_was_written(Desk)
    assert table.years == [this_year(), 2019]
    assert told_this_year(table) == {
        "Written": 10, "Published": 3, "Removed by the editors": 1, "Removed as spam": 1,
        "Withdrawn by the writer": 1, "Waiting to be read, or hidden for now": 4,
    }  # fmt: skip


def test_decisions_against_comments_are_counted_by_rule_whatever_its_version(article, rosa, mina, maggie):
    a_removed(article, rosa, mina)
    a_rule().amend(by=maggie, many="insults")
    a_hidden(article, rosa, mina).remove(by=mina, rule=a_rule(), reason="It is about the person.")
    a_spam(article, rosa, mina)
    a_reported(article, rosa, mina).keep(by=mina)
    table = openness.decisions_by_rule(Desk)
    assert {measure: number for measure, number in told_this_year(table).items() if number} == {
        "Decisions": 4, "Insults": 3, "Spam": 1,
    }  # fmt: skip
    assert list(table.measures)[1:3] == ["Threats", "Pieces of illegal content"]
    Ruling.objects.update(at=LONG_AGO)
    assert openness.decisions_by_rule(Desk).years == [2019]


def test_reports_are_counted_by_comment_with_the_hours_until_they_were_decided(article, rosa, mina):
    removed, kept, taken_back, reworded = (a_reported(article, a_person(), mina) for _ in range(4))
    a_report(removed, prefix="another net")
    removed.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    reworded.ask_to_reword(by=mina, rule=a_rule(), reason="Leave out the last sentence.")
    kept.keep(by=mina)
    taken_back.withdraw(by=taken_back.author)
    a_reported(article, rosa, mina)
    for hours, case in enumerate(ReportCase.objects.order_by("pk")):
        ReportCase.objects.filter(pk=case.pk).update(moved_at=case.opened_at + timedelta(hours=10 * hours))
    assert told_this_year(openness.reports(Desk)) == {
        "Comments reported": 5, "Comment removed": 2, "Comment stays": 1, "Withdrawn by the writer": 1,
        "Not decided yet": 1, "Median hours until decided": 10,
    }  # fmt: skip


def test_objections_are_counted_with_their_answers(article, mina, edith):
    answered = [an_appeal(article, a_person(), mina) for _ in range(4)]
    answered[0].reverse(by=edith, reason="It is about the argument.")
    for appeal in answered[1:3]:
        appeal.let_stand(by=edith, reason="It is about the person.")
    assert told_this_year(openness.objections(Desk)) == {
        "Objections": 4, "Decision reversed": 1, "Decision stands": 2, "Not decided yet": 1,
    }  # fmt: skip
    Appeal.objects.update(submitted_at=LONG_AGO)
    assert openness.objections(Public).years == [2019]


def test_small_numbers_stay_hidden_and_no_other_number_tells_them(article, rosa, mina):
    for _ in range(6):
        a_reported(article, rosa, mina).remove(by=mina, rule=a_rule(), reason="It is about the person.")
    a_reported(article, rosa, mina).keep(by=mina)
    a_spam(article, rosa, mina)
    for table in openness.figures(Public):
        numbers = {measure: number for measure, _, number in table if not measure.startswith("Median")}
        assert all(number is None or number >= 5 for number in numbers.values()), table.title
    told = {measure: number for measure, _, number in openness.reports(Public)}
    assert (told["Comments reported"], told["Comment removed"], told["Comment stays"]) == (7, None, None)
    assert told["Median hours until decided"] == 0
    ReportCase.objects.filter(pk__lte=ReportCase.objects.order_by("pk")[2].pk).update(opened_at=LONG_AGO)
    assert openness.reports(Public).years == [this_year(), 2019]
    assert {number for _, _, number in openness.reports(Public)} == {None}


def test_a_year_turns_in_the_zone_of_the_site(article, rosa, mina):
    a_reported(article, rosa, mina)
    eve = datetime(2023, 12, 31, 23, tzinfo=UTC)
    Comment.objects.update(written_at=eve)
    ReportCase.objects.update(opened_at=eve, moved_at=eve)
    for zone, year in {"UTC": 2023, "Pacific/Auckland": 2024}.items():
        with timezone.override(zone):
            assert openness.what_was_written(Public).years == openness.reports(Public).years == [year]


def test_the_numbers_stand_on_the_page_transparency_and_in_its_csv(client, article, rosa, mina):
    for _ in range(5):
        an_appeal(article, rosa, mina)
    page = client.get("/transparency/").text
    titles = [table.title for table in openness.figures(Public)]
    assert all(f">{title}</h3>" in page for title in titles)
    assert f'<a href="{PAGE}">' in page
    rows = list(csv.reader(client.get("/transparency/figures.csv").text.splitlines()))
    assert [row[0] for row in rows if row[0] in titles][:1] == ["Comments"]
    assert ["Objections", "Objections", str(this_year()), "5"] in rows


def test_the_numbers_take_as_many_queries_for_one_and_for_three(article, mina, django_assert_num_queries):
    for more in (1, 2):
        for state in COMMENTS_IN:
            for _ in range(more):
                COMMENTS_IN[state](article, a_person(), mina)
        with django_assert_num_queries(6):
            openness.figures(Public)


def test_neither_page_tells_who_reported_what_is_held_or_why_it_was_removed(client, article, rosa, mina, edith):
    held = a_comment(article, a_person(), text="Held words that nobody has read yet.")
    comment = a_published(article, rosa, mina, text="Removed words that stung.")
    a_report(comment, by=edith, words="Words of a reporter.")
    comment.remove(by=mina, rule=a_rule(), reason="Words of a moderator.")
    Appeal.submit(comment.ruling, by=rosa, words="Words of an objector.")
    secrets = {held.current.text, "Words of", comment.current.text, mina.name, held.author.name}
    secrets |= {report.receipt for report in Report.objects.all()} | {person.email for person in User.objects.all()}
    for page in ("/transparency/", "/transparency/figures.csv", PAGE, article.get_absolute_url()):
        text = client.get(page).text
        assert {secret for secret in secrets if secret in text} == set(), page
