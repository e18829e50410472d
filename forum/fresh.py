"""What makes a page that was kept another one: the tables that readers see, and the moments at which pages change."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection

from accounts.models import User
from articles.models import (
    Answer,
    Article,
    ArticleEvent,
    Author,
    Edition,
    Kind,
    Picture,
    PrintedByline,
    Question,
    Region,
    Shelved,
    Submission,
    SubmissionEvent,
    Topic,
)
from articles.models.public import months, shelved
from comments.models import (
    Appeal,
    Comment,
    CommentRevision,
    Discussion,
    ReportCase,
    Respect,
    Rule,
    Ruling,
)
from forum.lib import version
from forum.lib.asked import NOW, asked
from forum.lib.web.kept import KeptPages, Watch
from forum.lib.web.pagecache import midnight
from forum.pages.models import Holiday, Page, SiteSettings

SEEN = {
    **dict.fromkeys([Answer, Article, ArticleEvent, Author, Edition, Kind, Picture, PrintedByline, Question, Region]),
    **dict.fromkeys([Appeal, Comment, CommentRevision, Discussion, ReportCase, Respect, Rule, Ruling]),
    **dict.fromkeys([Holiday, Page, Shelved, SiteSettings, SubmissionEvent, Topic, Group]),
    **dict.fromkeys([Article.topics.through, Article.regions.through, User.groups.through]),
    Submission: ("corresponding_author_id", "status"),
    User: ("name", "is_active", "is_superuser"),
}
"""What readers see, and of what is written all day the only columns that they do."""

TABLES = {model._meta.db_table: columns or () for model, columns in SEEN.items()}
COMING = [asked(lambda model=model: model.objects.next_change(NOW)[:1]) for model in (Article, Comment, Discussion)]


def unwatch(plan, **_):
    """Let nothing count while the tables are changed."""
    if plan and "forum_change" in connection.introspection.table_names():
        version.unwatch()


def watch(**_):
    """Let what is written into the tables that readers see count."""
    if {"forum_change", *TABLES} <= set(connection.introspection.table_names()):  # migrating may stop half way
        version.watch(TABLES)


class Unkept(Exception):
    """Something that triggers keep is kept by nothing."""


def due():
    """Fail where a migration has taken triggers away: one that stopped half way is told by nothing else."""
    if not (months.are_counted() and shelved.are_kept() and version.read(TABLES, [])[0]):
        raise Unkept(
            "No page is kept, or lists do not follow what is published. Where no migration is at work, one has"
            " stopped half way: run manage.py migrate again."
        )


def read():
    """Return the version of the database, or None where it is not counted, and when pages change by themselves."""
    found, moments = version.read(TABLES, COMING)
    return found, min([*moments, midnight()]).timestamp()


def kept_in_front_of(application):
    """Return the application with kept pages in front; who develops sees every change of a template at once."""
    if settings.DEBUG:
        return application
    return KeptPages(application, Watch(read), settings.PAGES_KEPT_MB * 1024 * 1024)
