"""The front page of the desk shows the most urgent of each thing, and leads to exactly those that it counted."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from articles.admin import front
from articles.models import Conflict, Message, SafetyRequest, Submission
from articles.models.private import questions
from comments.models import ReportCase
from forum.lib.moves import Guest
from forum.pages.models import SiteSettings
from tests import makers
from tests.comments import making

pytestmark = pytest.mark.django_db

MANY = questions.MOST + 2


@pytest.fixture
def few(monkeypatch):
    """Leave room for one line in each pile, and for one thing on a day."""
    for pile in front.MOST:
        monkeypatch.setitem(front.MOST, pile, 1)
    monkeypatch.setattr(front, "MOST_A_DAY", 1)


@pytest.fixture
def newsroom(sami, edith, eno, maggie):
    """Return a title for each of many pieces, in every place where one may lie."""
    own = [makers.in_review(sami, edith, title="Hers"), makers.an_accepted(sami, edith, title="Hers to edit")]
    makers.in_review(sami, eno, title="His")
    makers.in_review(sami, eno, title="His, late").record(due_at=timezone.now() - timedelta(hours=1))
    makers.in_review(sami, eno, title="His, late once").record(apologies=1)
    makers.with_author(sami, edith, title="With its author").write_editor(by=sami, letter="May I ask?")
    makers.with_author(sami, eno, title="With its author, dateless").record(due_at=None)
    makers.a_submitted(sami, title="New")
    makers.a_ready(sami, maggie, title="Maggie accepted it")
    makers.a_ready(sami, edith, title="Edith accepted it")
    makers.a_proof(sami, edith, title="Silent").record(due_at=timezone.now() - timedelta(days=1))
    makers.a_proof(sami, edith, title="Not silent yet")
    makers.a_scheduled(sami, edith, maggie, title="Scheduled")
    makers.a_scheduled(sami, edith, maggie, title="Scheduled, with a letter")
    makers.an_article(sami, edith, maggie, title="In print").submission.write_editor(by=sami, letter="Thank you.")
    makers.in_review(sami, eno, title="Left").record(editor=makers.a_person("Former Editor"))
    Submission.objects.get(title="Scheduled, with a letter").write_editor(by=sami, letter="When?")
    hidden = makers.a_submitted(sami, title="Too close")
    for person in (edith, eno, maggie):
        Conflict.objects.create(submission=hidden, user=person)
    own[0].record(due_at=timezone.now() - timedelta(days=2))
    return own


def page_of(browser, address):
    return html.fromstring(browser.get(address).content)


def rows_of(browser, address):
    """Return the titles on a list, the pages after the first included."""
    found = []
    while address:
        page = page_of(browser, address)
        found += page.xpath("//*[@class='desk-rows desk-found']/li/a/text() | //p[@class='desk-wait-title']/a/text()")
        older = page.xpath("//nav[@aria-label='Pages']//a[@rel='next']/@href")
        address = re.sub(r"\?.*", "", address) + older[0] if older else ""
    return found


def leads(browser):
    """Return where the front page says all of something is: its number by address."""
    links = page_of(browser, "/admin/").xpath("//a[contains(translate(., 'A', 'a'), 'all ')]")
    said = [(link.get("href"), re.search(r"[Aa]ll (\d+)$", link.text)) for link in links]
    return {address: int(number[1]) for address, number in said if number}


def piles(person):
    titles = dict(Submission.objects.values_list("pk", "title"))
    return {name: sorted(titles[key] for key in keys) for name, keys in front.Front(person).piles.items()}


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("who", ["edith", "eno", "maggie"])
def test_an_editor_finds_behind_each_pile_exactly_what_lies_in_it(
    request, newsroom, few, signed_in, who, rule
):
    SiteSettings.objects.update_or_create(pk=1, defaults={"publisher_is_not_accepter": rule})
    person = request.getfixturevalue(who)
    browser, found = signed_in(person), piles(person)
    listed = {name: sorted(rows_of(browser, f"/admin/submissions/?only={name}")) for name in found}
    assert listed == found
    assert "Too close" not in str(listed)
    with_more = {f"/admin/submissions/?only={name}": len(pile) for name, pile in found.items() if len(pile) > 1}
    assert leads(browser) == with_more
    assert len(with_more) == 3


def test_the_rule_of_the_house_says_whose_a_ready_piece_is(newsroom, edith, maggie, cast):
    SiteSettings.objects.update_or_create(pk=1, defaults={"publisher_is_not_accepter": True})
    assert "Maggie accepted it" in piles(maggie)["waiting"]  # as nobody else could
    other = makers.a_person("Other Managing", groups=["managing editor"])
    assert "Maggie accepted it" in piles(maggie)["others"]
    assert "Maggie accepted it" in piles(other)["waiting"]
    SiteSettings.objects.update(publisher_is_not_accepter=False)
    assert "Maggie accepted it" in piles(maggie)["waiting"]


def test_what_is_late_stands_first_though_a_later_date_was_given(sami, edith, few):
    makers.in_review(sami, edith, title="In time")
    makers.in_review(sami, edith, title="Late").record(due_at=timezone.now() + timedelta(days=30), apologies=1)
    assert [line.title for line in front.Front(edith).rows(front.WAITING)] == ["Late"]


def test_the_front_page_counts_what_is_late_beyond_what_it_shows(sami, edith, few, signed_in):
    for _ in range(3):
        makers.in_review(sami, edith).record(due_at=timezone.now() - timedelta(days=2))
    makers.in_review(sami, edith)
    (said,) = page_of(signed_in(edith), "/admin/").xpath("//p[@class='desk-sum']")
    assert said.text_content() == "4 things to do, 3 of them late."


def test_moderators_find_behind_each_number_exactly_what_was_counted(sami, mina, edith, maggie, signed_in):
    article = makers.an_article(sami, edith, maggie)
    for number in range(MANY):
        Message.send(by=Guest("r@example.org"), kind="contact", text=f"May I? {number}", email="r@example.org")
        making.a_comment(article, makers.a_person())
        making.a_reported(article, makers.a_person(), mina)
    Message.objects.order_by("pk").first().close(by=mina)
    ReportCase.objects.filter(pk__in=ReportCase.objects.values("pk")[:3]).update(
        opened_at=timezone.now() - timedelta(days=9)
    )
    making.an_appeal(article, makers.a_person(), mina)
    browser = signed_in(maggie)
    found = leads(browser)
    assert found == {
        "/admin/messages/?state=open": MANY - 1,
        "/admin/comments/?kind=comment": MANY,
        "/admin/comments/?kind=report": MANY,
    }
    assert {address: len(rows_of(browser, address)) for address in found} == found
    assert len(rows_of(browser, "/admin/comments/?kind=appeal")) == 1
    assert len(rows_of(browser, "/admin/comments/?kind=nonsense")) == 2 * MANY + 1
    (said,) = page_of(browser, "/admin/").xpath("//p[@class='desk-sum']")
    assert said.text_content() == f"{3 * MANY} things to do, 3 of them late."


def test_a_late_report_stands_before_ten_worse_ones_as_it_does_in_the_queue(sami, mina, edith, maggie, signed_in):
    article = makers.an_article(sami, edith, maggie)
    making.a_late_report_behind_worse_ones(article, mina, number=questions.MOST)
    browser = signed_in(maggie)
    page = page_of(browser, "/admin/")
    (said,) = page.xpath("//p[@class='desk-sum']")
    assert said.text_content() == f"{MANY - 1} things to do, 1 of them late."
    found = page.xpath("//ol[@class='desk-rows']/li//a/@href")
    assert len(found) == questions.MOST
    queue = page_of(browser, "/admin/comments/").xpath("//a[@data-row-link]/@href")
    assert found == queue[: questions.MOST]


def test_who_decides_about_reports_alone_comes_back_to_reports(sami, mina, edith, maggie, signed_in):
    article = makers.an_article(sami, edith, maggie)
    making.a_reported(article, makers.a_person(), mina)
    making.a_comment(article, makers.a_person())
    browser = signed_in(mina)
    page = page_of(browser, "/admin/comments/?kind=report")
    (keep,) = page.xpath("//button[@data-verb='keep']/@formaction")
    ticked = page.xpath("//input[@name='ticked']/@value")
    assert browser.post(keep, {"ticked": ticked}).url == "/admin/comments/?kind=report"


@pytest.mark.parametrize("query", ["?only=waiting", "?state=submitted&only=waiting", "?q=a+b%26c%3D%C3%A9", ""])
@pytest.mark.parametrize("ticks", [True, False])
def test_who_sets_pieces_aside_comes_back_to_the_part_of_the_list_she_had_before_her(
    sami, edith, signed_in, query, ticks
):
    makers.a_submitted(sami, title="Buy a b&c=é")
    browser, listed = signed_in(edith), f"/admin/submissions/{query}"
    page = page_of(browser, listed)
    (set_aside,) = page.xpath("//form[contains(@action, '/dismiss/')]/@action")
    ticked = page.xpath("//input[@name='ticked']/@value") if ticks else []
    assert browser.post(set_aside, {"ticked": ticked}).url == listed
    assert Submission.objects.get().status == ("dismissed" if ticks else "submitted")


def test_who_sets_pieces_aside_on_a_day_comes_back_to_that_day(sami, edith, signed_in):
    makers.a_submitted(sami).record(due_at=timezone.now())
    listed = f"/admin/submissions/?day={timezone.localdate()}"
    (set_aside,) = page_of(signed_in(edith), listed).xpath("//form[contains(@action, '/dismiss/')]/@action")
    assert signed_in(edith).post(set_aside, {}).url == listed


@pytest.mark.parametrize("query", ["?next=https://example.org/", "?only=//example.org", "?day=%0d%0aX:1", "?before=x"])
def test_what_is_no_part_of_the_list_leads_nowhere_else(edith, signed_in, query):
    assert signed_in(edith).post(f"/admin/dismiss/{query}", {}).url == "/admin/submissions/"


def test_a_safety_officer_finds_exactly_what_nobody_answered(sami, edith, maggie, signed_in):
    words = {"kind": "name", "name": "Noor Aziz", "text": "I am followed."}
    asked = [
        SafetyRequest.ask(by=sami, submission=makers.an_article(sami, edith, maggie).submission, **words)
        for _ in range(MANY)
    ]
    asked[0].refuse(by=maggie, text="We cannot do that.")
    browser = signed_in(maggie)
    assert leads(browser)["/admin/safety/?state=asked"] == MANY - 1
    assert len(rows_of(browser, "/admin/safety/?state=asked")) == MANY - 1
    assert len(rows_of(browser, "/admin/safety/")) == MANY


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "America/Los_Angeles"])
def test_a_crowded_day_leads_to_the_list_of_that_day(sami, edith, eno, maggie, few, signed_in, settings, zone):
    settings.TIME_ZONE = zone
    here = timezone.get_current_timezone()
    first = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=3)
    moments = {"Before": first - timedelta(seconds=1), "First": first, "Last": first + timedelta(hours=23, minutes=59)}
    for title, at in {**moments, "After": first + timedelta(days=1)}.items():
        makers.in_review(sami, edith, title=title).record(due_at=at)
    makers.a_scheduled(sami, eno, maggie, title="Out").article.record(published_at=first + timedelta(hours=9))
    makers.in_review(sami, eno, title="Too close").record(due_at=first + timedelta(hours=5))
    Conflict.objects.create(submission=Submission.objects.get(title="Too close"), user=edith)
    browser = signed_in(edith)
    (link,) = page_of(browser, "/admin/").xpath("//li[@class='more']/a")
    assert (link.text, link.get("href")) == ("2 more", f"/admin/submissions/?day={first.astimezone(here).date()}")
    assert sorted(rows_of(browser, link.get("href"))) == ["First", "Last", "Out"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-31", "yesterday", "2026-12-01%00"])
def test_a_strange_day_is_no_day(sami, edith, signed_in, day):
    makers.in_review(sami, edith, title="Any day")
    assert rows_of(signed_in(edith), f"/admin/submissions/?day={day}") == ["Any day"]
