"""The pages that are measured: for whom, what, and where."""

from django.db.models import Count, Max
from django.utils.timezone import localtime

from accounts.models import User
from articles.models import Article, Author, Message, Question, Region, Submission, Topic
from comments.models import Appeal, Comment, Discussion, ReportCase
from forum.lib.web.paging import write

PEOPLE = {
    "reader": None,
    "member": "member0@example.org",
    "author": "author0@example.org",
    "moderator": "moderator@example.org",
    "editor": "desk0@example.org",
    "managing editor": "desk1@example.org",
    "administrator": "admin@example.org",
}

PAGES = [
    ("reader", "home", "/"),
    ("reader", "an article with 50 comments", "{few}"),
    ("reader", "an article with 5,000 comments", "{many}"),
    ("reader", "its fiftieth page of comments", "{many}?comments=50"),
    ("reader", "an article for print", "{few}print/"),
    ("reader", "a topic", "/topics/{topic}/"),
    ("reader", "a topic, far back", "/topics/{topic}/?before={deep}"),
    ("reader", "a region", "/regions/{region}/"),
    ("reader", "a continent", "/regions/{continent}/"),
    ("reader", "a kind", "/kinds/{kind}/"),
    ("reader", "the authors", "/authors/"),
    ("reader", "the authors, from L", "/authors/?from=l"),
    ("reader", "an author", "/authors/{author}/"),
    ("reader", "the archive", "/archive/"),
    ("reader", "the archive, far back", "/archive/?before={deep}"),
    ("reader", "a month", "{month}"),
    ("reader", "the questions", "/questions/"),
    ("reader", "a question", "{question}"),
    ("reader", "corrections", "/corrections/"),
    ("reader", "transparency", "/transparency/"),
    ("reader", "the feed", "/feed.atom"),
    ("reader", "the feed of a topic", "/topics/{topic}/feed.atom"),
    ("reader", "the feed of corrections", "/corrections/feed.atom"),
    ("reader", "the sitemap", "/sitemap.xml"),
    ("reader", "the pages in the sitemap", "/sitemap-pages.xml"),
    ("member", "home", "/"),
    ("member", "an article with 50 comments", "{few}"),
    ("member", "my comments", "/comments/mine/"),
    ("author", "my pieces", "/submissions/"),
    ("author", "one of my pieces", "/submissions/{hers}/"),
    ("moderator", "front page", "/admin/"),
    ("moderator", "the comments that wait", "/admin/comments/"),
    ("moderator", "a comment to read", "/admin/comments/{held}/"),
    ("moderator", "a reported comment", "/admin/comments/{reported}/"),
    ("moderator", "an objection", "/admin/comments/appeals/{appeal}/"),
    ("moderator", "the messages", "/admin/messages/"),
    ("moderator", "the open messages", "/admin/messages/?state=open"),
    ("moderator", "a message", "/admin/messages/{message}/"),
    ("editor", "front page", "/admin/"),
    ("editor", "the comments that wait", "/admin/comments/"),
    ("editor", "the submissions", "/admin/submissions/"),
    ("editor", "the submissions in review", "/admin/submissions/?state=in_review"),
    ("editor", "her own submissions", "/admin/submissions/?only=mine"),
    ("editor", "what is late", "/admin/submissions/?only=late"),
    ("editor", "a submission", "/admin/submissions/{code}/"),
    ("editor", "the published pieces", "/admin/articles/"),
    ("editor", "the retracted pieces", "/admin/articles/?state=retracted"),
    ("editor", "a published piece", "/admin/articles/{pk}/"),
    ("editor", "the authors", "/admin/articles/author/"),
    ("managing editor", "front page", "/admin/"),
    ("managing editor", "the submissions", "/admin/submissions/"),
    ("managing editor", "a submission", "/admin/submissions/{code}/"),
    ("managing editor", "the published pieces", "/admin/articles/"),
    ("managing editor", "the requests about safety", "/admin/safety/"),
    ("managing editor", "every number", "/admin/figures/"),
    ("administrator", "front page", "/admin/"),
    ("administrator", "the people", "/admin/accounts/user/"),
    ("administrator", "the letters", "/admin/accounts/delivery/"),
]


def places():
    """Return the addresses of the things on these pages."""
    listed = Article.objects.listed().order_by("-published_at", "-pk")
    deep = listed[listed.count() * 9 // 10]
    middle = listed[listed.count() // 2]
    few, many = (
        Article.objects.get(discussion__next_number=number + 1).get_absolute_url() for number in (50, most_comments())
    )
    open_pieces = Submission.objects.filter(status="in_review")
    return {
        "few": few,
        "many": many,
        "deep": write(deep.published_at, deep.pk),
        "topic": Topic.objects.get(pk=deep.primary_topic_id).slug,
        "region": Region.objects.exclude(parent=None).alias(n=Count("articles")).order_by("-n", "pk").first().slug,
        "continent": Region.objects.continents().filter(slug="europe").first().slug,
        "kind": deep.kind.slug,
        "author": Author.objects.get(user__email=PEOPLE["author"]).slug,
        "month": f"/archive/{localtime(middle.published_at):%Y/%-m}/",
        "question": Question.objects.earliest("pk").get_absolute_url(),
        "hers": Submission.objects.filter(corresponding_author__email=PEOPLE["author"]).latest("pk").code,
        "held": Comment.objects.filter(status="pending").latest("pk").pk,
        "reported": ReportCase.objects.filter(status="open").latest("pk").comment_id,
        "appeal": Appeal.objects.filter(status="submitted").latest("pk").pk,
        "message": Message.objects.filter(status="open").latest("pk").pk,
        "code": open_pieces.latest("pk").code,
        "pk": deep.pk,
    }


def most_comments():
    """Return how many comments the longest discussion has."""
    return Discussion.objects.aggregate(most=Max("next_number"))["most"] - 1


def person(who):
    """Return who opens a page, or None for a stranger."""
    return User.objects.get(email=PEOPLE[who]) if PEOPLE[who] else None
