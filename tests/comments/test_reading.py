"""The discussion as each reader sees it."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Discussion, Trust
from tests import access
from tests.comments.making import COMMENTS_IN, UNREADABLE, a_comment, a_published, a_removed, a_report, a_rule
from tests.makers import a_person

CANARY = "xylophone-canary of the discussion"


@pytest.fixture
def many(article, rosa, mina):
    """Let Rosa's comments fill some places."""
    Trust.give(rosa, by=mina)

    def fill(number):
        for place in range(number):
            a_comment(article, rosa, f"Thought {place + 1}, which is short.")

    return fill


@pytest.mark.parametrize(
    ("number", "heading"), [(0, "(0 total comments)"), (1, "(1 total comment)"), (2, "(2 total comments)")]
)
def test_the_heading_counts(number, heading, article, many, client):
    many(number)
    assert f"Comments in Chronological order {heading}" in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("state", COMMENTS_IN)
def test_only_what_is_published_is_read_by_others(state, article, rosa, mina, client, signed_in, sami, ada):
    access.shorten_menus()
    comment = COMMENTS_IN[state](article, rosa, mina, CANARY)
    number = comment.number or 1
    pages = [
        article.get_absolute_url(),
        f"{article.get_absolute_url()}?comments=1",
        f"{article.get_absolute_url()}print/",
        f"{article.get_absolute_url()}comments/{number}/",
        f"/comments/{comment.pk}/report/",
        f"/comments/{comment.pk}/report/?revision={comment.revisions.first().pk}",
        f"/comments/{comment.pk}/report/?revision={comment.current_id}",
        f"/comments/{comment.pk}/withdraw/",
        f"/comments/{comment.pk}/reword/",
        "/",
        "/search/?q=xylophone-canary",
        "/feed.atom",
        "/comments/mine/",
        f"/admin/comments/{comment.pk}/",
    ]
    for browser in (Client(), signed_in(sami), signed_in(ada)):
        showing = [page for page in pages if CANARY in browser.get(page, follow=True).text]
        assert bool(showing) == (state not in UNREADABLE), showing


@pytest.mark.parametrize("state", ["pending", "reworded"])
def test_the_writer_sees_hers_in_place(state, article, rosa, mina, signed_in):
    COMMENTS_IN[state](article, rosa, mina, CANARY)
    page = signed_in(rosa).get(article.get_absolute_url()).text
    assert CANARY in page
    assert "Waiting to be read by the editors. Nobody else sees it yet." in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("removed", "Removed by the editors: personal attack."),
        ("spam", "Removed by the editors: spam."),
        ("hidden", "Hidden for a while"),
        ("rewording", "Hidden while its writer and the editors look at it."),
        ("reworded", "Hidden while its writer and the editors look at it."),
        ("withdrawn", "Withdrawn by its writer."),
    ],
)
def test_a_tombstone_keeps_the_place(state, words, article, rosa, mina, client):
    COMMENTS_IN[state](article, rosa, mina, CANARY)
    page = client.get(article.get_absolute_url()).text
    assert words in page
    assert 'id="c1"' in page
    assert "It is about the person." not in page
    assert "Rosa" not in page


def test_what_was_hidden_for_a_while_is_read_again_without_a_clock(article, rosa, mina, client):
    comment = COMMENTS_IN["hidden"](article, rosa, mina, CANARY)
    Comment.objects.filter(pk=comment.pk).update(hidden_until=timezone.now() - timedelta(seconds=1))
    assert CANARY in client.get(article.get_absolute_url()).text


def test_the_order_is_that_of_appearing(article, rosa, mina, client):
    late, early = (
        a_comment(article, rosa, "Written before."),
        a_comment(article, a_person(), "Written after."),
    )
    early.approve(by=mina)
    late.approve(by=mina)
    page = client.get(article.get_absolute_url()).text
    assert page.index("Written after.") < page.index("Written before.")


def test_a_page_holds_fifty_places_tombstones_included(article, many, client, mina):
    many(51)
    Comment.objects.get(number=2).remove(by=mina, rule=a_rule(), reason="No.")
    first = client.get(article.get_absolute_url()).text
    second = client.get(f"{article.get_absolute_url()}?comments=2").text
    assert "Thought 50," in first
    assert "Thought 51," not in first
    assert "Thought 51," in second
    assert "Thought 50," not in second


def test_a_permanent_address_leads_to_its_page_and_place(article, many, client):
    many(51)
    for number, place in [(1, "#c1"), (50, "#c50"), (51, "?comments=2#c51")]:
        answer = client.get(f"{article.get_absolute_url()}comments/{number}/")
        assert answer.headers["Location"] == f"{article.get_absolute_url()}{place}"
    assert client.get(f"{article.get_absolute_url()}comments/52/").status_code == 404


def test_a_permanent_address_outlives_its_comment(article, rosa, mina, client):
    a_removed(article, rosa, mina)
    assert client.get(f"{article.get_absolute_url()}comments/1/").status_code == 302


@pytest.mark.parametrize("asked", ["0", "-1", "99", "x", "²", "1" * 400])
def test_a_page_that_does_not_exist_is_answered_with_one_that_does(asked, article, many, client):
    many(1)
    page = client.get(article.get_absolute_url(), {"comments": asked})
    assert "Thought 1," in page.text


@pytest.mark.parametrize("reader", [None, "rosa"])
def test_the_thread_takes_the_same_number_of_queries_however_long(
    reader, article, many, cast, rf, django_assert_num_queries
):
    request = rf.get("/")
    user = cast.get(reader)
    assert not (user and user.rank)  # read once for the whole page

    def render():
        Template("{% load comments %}{% comment_thread article %}").render(
            Context({"request": request, "reader": user, "article": article})
        )

    for number in (1, 2):
        many(number)
        with django_assert_num_queries(2):
            render()


def test_the_piece_is_the_same_bytes_for_everybody_without_a_session(article, many):
    many(2)
    first, second = (Client().get(article.get_absolute_url()) for _ in range(2))
    assert first.content == second.content
    assert first.headers["Cache-Control"] == "no-cache"


def test_my_comments_take_the_same_number_of_queries_for_one_and_three(
    article, many, rosa, signed_in, django_assert_max_num_queries
):
    client, counts = signed_in(rosa), []
    for number in (1, 2):
        many(number)
        with django_assert_max_num_queries(14) as queries:
            client.get("/comments/mine/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_moderators_read_everything_and_others_what_is_shown(article, rosa, sami, mina):
    held = a_comment(article, rosa)
    shown = a_published(article, a_person(), mina)
    a_report(shown)
    assert set(Comment.objects.visible_to(mina)) == {held, shown}
    assert set(Comment.objects.visible_to(rosa)) == {held, shown}
    assert set(Comment.objects.visible_to(sami)) == {shown}
    assert set(Comment.objects.visible_to(None)) == {shown}


def test_an_unpublished_pieces_discussion_has_no_addresses(article, rosa, mina, maggie, client):
    a_published(article, rosa, mina)
    article.remove(by=maggie, notice="At the request of a court.")
    assert client.get(f"/articles/{article.year}/{article.slug}/comments/1/").status_code == 410
    assert not Discussion.objects.recently_discussed()
