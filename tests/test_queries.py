"""How often each page asks the database: the same with one row and with three."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from alerts.models import Subscriber
from articles.models import Article, Message, SafetyRequest
from comments.models import Appeal, Trust
from forum.lib.moves import Guest
from tests import access, makers
from tests.comments import making

# Who opens it, where, and how many queries that takes.
PAGES = [
    ("nobody", "home", "/", 9),
    ("nobody", "an article with its discussion", "{article}", 10),
    ("nobody", "an article for print", "{article}print/", 3),
    ("nobody", "a topic", "/topics/diplomacy/", 5),
    ("nobody", "a region", "/regions/southern-europe/", 6),
    ("nobody", "a kind", "/kinds/essay/", 5),
    ("nobody", "the authors", "/authors/", 4),
    ("nobody", "an author", "/authors/sami-student/", 5),
    ("nobody", "the archive", "/archive/", 5),
    ("nobody", "a month", "{month}", 4),
    ("nobody", "the questions", "/questions/", 4),
    ("nobody", "a question", "{question}", 5),
    ("nobody", "search", "/search/?q=daylight", 6),
    ("nobody", "corrections", "/corrections/", 4),
    ("nobody", "the feed of corrections", "/corrections/feed.atom", 2),
    ("nobody", "the versions of a piece", "{article}versions/", 5),
    ("nobody", "a difference", "{article}versions/1..2/", 5),
    ("nobody", "transparency", "/transparency/", 14),
    ("nobody", "the rules of discussion", "/about/moderation/", 5),
    ("nobody", "the feed", "/feed.atom", 2),
    ("nobody", "the feed of a topic", "/topics/diplomacy/feed.atom", 3),
    ("nobody", "the sitemap", "/sitemap.xml", 3),
    ("nobody", "the pieces in the sitemap", "/sitemap-pieces-1.xml", 2),
    ("nobody", "the pages in the sitemap", "/sitemap-pages.xml", 4),
    ("rosa", "home for a member", "/", 11),
    ("rosa", "an article for a member", "{article}", 12),
    ("rosa", "my comments", "/comments/mine/", 12),
    ("sami", "my pieces", "/submissions/", 9),
    ("sami", "one of my pieces", "{piece}", 20),
    ("mina", "the front page of a moderator", "/admin/", 9),
    ("mina", "the comments that wait", "/admin/comments/", 12),
    ("mina", "a comment", "{comment}", 22),
    ("mina", "an objection", "{appeal}", 11),
    ("mina", "the messages", "/admin/messages/", 4),
    ("edith", "the front page of an editor", "/admin/", 10),
    ("edith", "the submissions", "/admin/submissions/", 6),
    ("edith", "a submission", "/admin{piece}", 27),
    ("edith", "the published pieces", "/admin/articles/", 4),
    ("edith", "a published piece", "{desk_article}", 20),
    ("edith", "the authors at the desk", "/admin/articles/author/", 4),
    ("maggie", "the front page of a managing editor", "/admin/", 11),
    ("maggie", "the requests about safety", "/admin/safety/", 4),
    ("maggie", "the rules at the desk", "/admin/comments/rules/", 3),
    ("maggie", "a rule at the desk", "/admin/comments/rules/attack/", 3),
    ("maggie", "a request about safety", "{safety}", 14),
    ("sami", "what I asked for my safety", "{piece}safety/", 15),
    ("maggie", "the mailing list", "/admin/alerts/subscriber/", 4),
    ("maggie", "the mailing list as a table", "/admin/alerts/mailing-list.csv", 2),
    ("ada", "the people", "/admin/accounts/user/", 5),
    ("ada", "the letters", "/admin/accounts/delivery/", 3),
]

POSTED = 17  # statements of a comment, with the two that hold its place in the test's own transaction


@pytest.fixture
def add(cast):
    """Return how to add one of everything."""
    rosa, sami, mina, edith, maggie = (cast[name] for name in ("rosa", "sami", "mina", "edith", "maggie"))
    question = makers.a_question()

    def one_more():
        article = makers.an_article(sami, edith, maggie)
        article.answers.create(question=question, stance="yes")
        article.amend(by=edith, change="clarification", note="We say who signed.", title="A promise by day")
        first = Article.objects.order_by("pk").first()
        makers.an_article(makers.a_person(), edith, maggie).answers.create(question=question, stance="no")
        makers.an_article(sami, edith, maggie, title="A promise at noon")
        makers.a_scheduled(sami, edith, maggie)
        for make in (makers.a_submitted, lambda by: makers.in_review(by, edith), lambda by: makers.a_ready(by, edith)):
            make(sami)
        makers.with_author(makers.a_person(), edith).write_author(by=edith, letter="Take your time.")
        makers.in_review(sami, edith).write_editor(by=sami, letter="May I ask?")
        makers.a_question()
        making.a_comment(first, rosa)
        for state in ("reported", "hidden", "removed"):
            making.COMMENTS_IN[state](first, makers.a_person(), mina)
        making.an_appeal(first, rosa, mina)
        making.a_published(article, rosa, mina)
        address = f"guest{Message.objects.count()}@example.org"
        Message.send(by=Guest(address), kind="contact", text="Who signed?", email=address, article=article)
        words = {"kind": "name", "name": "Noor Aziz", "text": "I am followed."}
        SafetyRequest.ask(by=sami, submission=article.submission, **words)
        Subscriber.join(by=Guest(address)).confirm(by=Guest(address, confirmed=True))

    return one_more


@pytest.fixture
def places(add, sami):
    """Return the addresses of the first things, once there is one of everything."""
    add()
    first = Article.objects.order_by("pk").first()
    return {
        "article": first.get_absolute_url(),
        "month": f"/archive/{localtime(first.published_at):%Y/%-m}/",
        "question": first.answers.get().question.get_absolute_url(),
        "piece": sami.submissions.get(article=first).get_absolute_url(),
        "comment": f"/admin/comments/{first.discussion.comments.filter(cases__status='open').first().pk}/",
        "appeal": f"/admin/comments/appeals/{Appeal.objects.earliest('pk').pk}/",
        "safety": f"/admin/safety/{SafetyRequest.objects.earliest('pk').pk}/",
        "desk_article": f"/admin/articles/{first.pk}/",
    }


def asked(browser, path):
    """Return how many queries a page takes, sessions left out."""
    cache.clear()
    with CaptureQueriesContext(connection) as found:
        response = browser.get(path)
        response.getvalue()
    assert response.status_code == 200, path
    return len([query for query in found if '"django_session"' not in (query["sql"] or "")])


def test_no_page_asks_more_often_because_there_is_more_to_show(places, add, work, cast):
    work()
    browsers = {person: access.browser_of(cast.get(person)) for person in access.PEOPLE}

    def count():
        return {name: asked(browsers[who], path.format(**places)) for who, name, path, _ in PAGES}

    with_one = count()
    add()
    add()
    work()
    with_three = count()
    assert {name: (with_one[name], with_three[name]) for name in with_one if with_one[name] != with_three[name]} == {}
    assert with_one == {name: number for _, name, _, number in PAGES}


def test_a_comment_takes_as_many_statements_in_a_long_discussion_as_in_a_new_one(article, rosa, mina):
    Trust.give(rosa, by=mina)
    browser = access.browser_of(rosa)

    def post():
        said = {"text": making.WORDS, "key": str(uuid.uuid4())}
        with CaptureQueriesContext(connection) as found:
            answer = browser.post(f"{article.get_absolute_url()}comments/post/", said)
        assert answer.status_code == 302
        return len([query for query in found if '"django_session"' not in (query["sql"] or "")])

    taken = [post() for _ in range(3)]
    assert taken == [POSTED] * 3
