"""When a discussion closes, who says so, and what still works afterwards."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments.models import Appeal, Comment, Discussion
from forum.lib.moves import Refused
from forum.pages.models import SiteSettings
from tests import makers
from tests.comments.making import WORDS, a_comment, a_published, a_removed
from tests.opened import opened, seen

WHY = "I wrote about the argument and not about the person."


def page_of(article):
    return f"/admin/comments/discussions/{article.discussion.pk}/"


def again(article):
    return Discussion.objects.get(article=article)


def close(article):
    """Let the discussion be closed for a minute."""
    Discussion.objects.filter(article=article).update(closes_at=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def desk(edith, signed_in):
    return signed_in(edith)


def test_an_editor_lets_it_close_at_a_time_in_the_sites_zone(article, desk):
    said = {"closes": "at", "closes_at_day": "2031-07-01", "closes_at_hour": "18:30", "holds_all": "no"}
    kept = desk.post(page_of(article), said | seen(desk, page_of(article)), follow=True)
    assert kept.redirect_chain == [(page_of(article), 302)]
    at = timezone.localtime(again(article).closes_at)
    assert f"{at:%Y-%m-%dT%H:%M}" == "2031-07-01T18:30"
    assert 'value="2031-07-01"' in kept.text
    assert 'value="18:30"' in kept.text
    assert "July 1, 2031, 18:30" in desk.get(article.get_absolute_url()).text


def test_an_editor_lets_it_close_now_or_never(article, rosa, desk):
    desk.post(page_of(article), {"closes": "now", "holds_all": "no"} | seen(desk, page_of(article)))
    assert not again(article).is_open
    with pytest.raises(Refused, match="closed"):
        a_comment(article, rosa)
    said = {"closes": "never", "closes_at_day": "2031-07-01", "closes_at_hour": "18:30", "holds_all": "no"}
    desk.post(page_of(article), said | seen(desk, page_of(article)))
    assert again(article).closes_at is None
    assert a_comment(article, rosa).pk


def test_an_editor_lets_every_comment_wait_and_nothing_else_moves(article, rosa, mina, desk):
    before = again(article).closes_at
    page = desk.get(page_of(article))
    at = timezone.localtime(before)
    said = {"closes": "at", "closes_at_day": f"{at:%Y-%m-%d}", "closes_at_hour": f"{at:%H:%M}"}
    assert all(f'value="{said[name]}"' in page.text for name in ("closes_at_day", "closes_at_hour"))
    desk.post(page_of(article), {**said, "holds_all": "yes"} | seen(desk, page_of(article)))
    assert (again(article).holds_all, again(article).closes_at) == (True, before)
    desk.post(page_of(article), {**said, "holds_all": "no"} | seen(desk, page_of(article)))
    assert (again(article).holds_all, again(article).closes_at) == (False, before)


def test_saying_who_reads_first_leaves_a_closed_discussion_closed_as_it_was(article, desk):
    closed = timezone.now() - timedelta(days=2)
    Discussion.objects.filter(article=article).update(closes_at=closed)
    assert "It is closed" in desk.get(page_of(article)).text
    said = {"closes": "now", "closes_at_day": "", "closes_at_hour": "", "holds_all": "yes"}
    desk.post(page_of(article), said | seen(desk, page_of(article)))
    assert (again(article).holds_all, again(article).closes_at) == (True, closed)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"closes": "at"}, "Say on which day and at what hour."),
        ({"closes": "at", "closes_at_day": "2031-07-01"}, "Say at what hour."),
        ({"closes": "at", "closes_at_day": "tomorrow"}, "This is no day."),
        ({"closes": "at", "closes_at_day": "2021-07-01", "closes_at_hour": "09:00"}, "Choose a time to come"),
        ({"closes": ""}, "Say when it closes."),
        ({"closes": "soon"}, "Select a valid choice"),
        ({"closes": "now", "holds_all": ""}, "Say whether the editors read it first."),
    ],
)
def test_what_makes_no_sense_is_given_back_and_changes_nothing(said, complaint, article, desk):
    before = again(article).closes_at
    refused = desk.post(page_of(article), {"holds_all": "yes", **said})
    assert complaint in refused.text
    assert said.get("closes_at_day", "") in refused.text
    assert (again(article).closes_at, again(article).holds_all) == (before, False)


@pytest.mark.parametrize("person", ["sami", "mina", "rosa", "ada"])
def test_whoever_wrote_the_piece_and_whoever_is_no_editor_keeps_no_discussion(person, article, cast, edith, signed_in):
    if person == "sami":
        cast["sami"].groups.set(edith.groups.all())
        cast["sami"].refresh_from_db()
    browser, before = signed_in(cast[person]), again(article).closes_at
    for answer in (browser.get(page_of(article)), browser.post(page_of(article), {"closes": "never"})):
        assert answer.status_code == (302 if person == "rosa" else 403)
    for deed in (lambda d: d.close_at(None, by=cast[person]), lambda d: d.hold_all(by=cast[person], wanted=True)):
        with pytest.raises(PermissionDenied):
            deed(again(article))
    assert (again(article).closes_at, again(article).holds_all) == (before, False)


def test_the_desk_leads_editors_there_from_the_piece_and_from_a_comment(article, rosa, sami, mina, edith, signed_in):
    comment = a_comment(article, rosa)
    places = [f"/admin/articles/{article.pk}/", f"/admin/comments/{comment.pk}/"]
    assert [page_of(article) in signed_in(edith).get(place).text for place in places] == [True, True]
    assert page_of(article) not in signed_in(mina).get(places[1]).text
    sami.groups.set(edith.groups.all())
    assert page_of(article) not in signed_in(sami).get(places[0]).text


def test_there_is_no_page_for_a_discussion_that_does_not_exist(desk):
    assert desk.get("/admin/comments/discussions/4711/").status_code == 404


def test_a_piece_published_later_closes_after_as_many_days_as_the_house_says(maggie, sami, edith, signed_in):
    settings = SiteSettings.get()
    address = f"/admin/pages/sitesettings/{settings.pk}/change/"
    desk = signed_in(maggie)
    page = desk.get(address)
    assert 'name="discussion_days" value="30"' in page.text
    assert "0 keeps discussions open." in page.text
    earlier = makers.an_article(sami, edith, maggie)
    assert desk.post(address, opened(desk, address) | {"discussion_days": "14"}).status_code == 302
    later = makers.an_article(sami, edith, maggie)
    assert [again(a).closes_at - a.published_at for a in (earlier, later)] == [timedelta(days=30), timedelta(days=14)]
    assert "This field is required" in desk.post(address, opened(desk, address) | {"discussion_days": ""}).text
    assert desk.post(address, opened(desk, address) | {"discussion_days": "0"}).status_code == 302
    last = makers.an_article(sami, edith, maggie)
    assert again(last).closes_at is None
    assert again(last).is_open


def test_a_piece_with_another_date_takes_the_end_of_its_discussion_along(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    before = again(piece.article).closes_at
    piece.reschedule(by=maggie, at=piece.article.published_at + timedelta(days=10))
    discussion = again(piece.article)
    assert discussion.closes_at == before + timedelta(days=10)
    assert discussion.closes_at == discussion.article.published_at + timedelta(days=30)


def test_what_never_closes_does_not_close_because_of_another_date(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    again(piece.article).close_at(None, by=edith)
    piece.reschedule(by=maggie, at=piece.article.published_at + timedelta(days=10))
    assert again(piece.article).closes_at is None


@pytest.mark.parametrize(("closes_in", "taken"), [(-1, False), (1, True)])
@pytest.mark.parametrize("wrong_by", [-3, 3])
def test_the_clock_of_the_database_says_when_it_is_closed(closes_in, taken, wrong_by, article, rosa, monkeypatch):
    Discussion.objects.filter(article=article).update(closes_at=timezone.now() + timedelta(hours=closes_in))
    wrong = timezone.now() + timedelta(hours=wrong_by)
    monkeypatch.setattr("comments.models.discussion.timezone.now", lambda: wrong)
    if taken:
        assert a_comment(article, rosa).pk
        return
    with pytest.raises(Refused, match="closed"):
        a_comment(article, rosa)


def test_after_closing_nothing_is_posted_and_the_text_comes_back(article, rosa, signed_in):
    close(article)
    browser = signed_in(rosa)
    assert "This discussion is closed. You can still report" in browser.get(article.get_absolute_url()).text
    for address in ("", "post/"):
        answer = browser.post(f"{article.get_absolute_url()}comments/{address}", {"text": WORDS})
        assert "This discussion is closed" in answer.text
        assert WORDS in answer.text
    assert answer.status_code == 409
    assert not Comment.objects.exists()


def test_after_closing_a_comment_is_still_reported_and_decided_about(article, rosa, mina, client):
    comment = a_published(article, rosa, mina)
    close(article)
    assert f"/comments/{comment.pk}/report/" in client.get(article.get_absolute_url()).text
    said = {"reason": "attack", "revision": comment.current_id}
    page = client.get(f"/comments/{comment.pk}/report/")
    said["opened"] = re.search(r'name="opened" value="([^"]+)"', page.text)[1]
    assert "/reports/" in client.post(f"/comments/{comment.pk}/report/", said, follow=True).redirect_chain[0][0]
    comment.refresh_from_db()
    comment.keep(by=mina)
    assert comment.cases.get().status == "kept"


def test_after_closing_one_still_withdraws_ones_own(article, rosa, mina, signed_in):
    comment = a_published(article, rosa, mina)
    close(article)
    signed_in(rosa).post(f"/comments/{comment.pk}/withdraw/")
    comment.refresh_from_db()
    assert comment.status == "withdrawn"


def test_after_closing_one_still_changes_what_one_has_just_written(article, mina, signed_in):
    comment = a_comment(article, mina)
    close(article)
    browser = signed_in(mina)
    assert f"/comments/{comment.pk}/edit/" in browser.get(article.get_absolute_url()).text
    said = {"text": "Treaties outlive those who sign them.", "seen": comment.turn}
    browser.post(f"/comments/{comment.pk}/edit/", said)
    comment.refresh_from_db()
    assert (comment.status, comment.current.text) == ("published", said["text"])
    Comment.objects.filter(pk=comment.pk).update(written_at=timezone.now() - timedelta(minutes=16))
    late = browser.post(f"/comments/{comment.pk}/edit/", {"text": "Too late, I am afraid.", "seen": comment.turn})
    assert late.status_code == 409
    assert "Too late, I am afraid." in late.text


def test_after_closing_one_still_objects_and_a_comment_still_comes_back(article, rosa, mina, edith, client):
    comment = a_removed(article, rosa, mina)
    close(article)
    client.post(comment.ruling.path_for(rosa), {"words": WHY})
    Appeal.objects.get().reverse(by=edith, reason="We read it again.")
    comment.refresh_from_db()
    assert (comment.status, comment.number, again(article).published_count) == ("published", 1, 1)
