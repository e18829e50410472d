"""A discussion as one reader sees it: of every comment the values that its HTML is made from, and no more."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.db.models import OuterRef, Subquery
from django.db.models.query import ValuesListIterable

from accounts.models import User
from accounts.permissions import Rank, office
from comments.models.comment import Comment
from comments.models.discussion import PAGE, Discussion
from comments.models.in_discussion import BY_AUTHOR, is_shown, may_be_edited, quoted, tombstone
from comments.models.regard import regarded
from comments.models.rule import Rule
from comments.screening import HELD_FOR
from forum.lib.asked import Given, asked
from forum.lib.rows import Beside


@cache  # the same for every discussion, and not to be had before all models are
def beside():
    """Return what stands beside each comment of a query; joined, these few would cost the database a long plan."""
    return {
        "groups": Beside(Group.objects.filter(user=OuterRef("author")), "name"),
        "rule": Subquery(Rule.objects.filter(rulings=OuterRef("ruling")).values("name")),
    }


class ThreadEntry(NamedTuple):
    """One place in a discussion as one reader sees it; where she may not read the words, they are not here."""

    year: int
    slug: str
    number: int | None
    pk: int = 0
    tombstone: str = ""
    name: str = ""
    mark: str = ""
    since: datetime | None = None
    html: str = ""
    revision: int = 0
    answered: int | None = None
    quotation: str = ""
    waits: bool = False
    held_for: str = ""
    respect_count: int = 0
    is_edited: bool = False
    may_be_answered: bool = False
    is_own: bool = False
    may_be_edited: bool = False
    is_for_member: bool = False
    is_folded: bool = False
    is_respected: bool = False
    may_be_invited: bool = False
    has_letter: bool = False

    @property
    def anchor(self):
        return f"c{self.number}" if self.number else f"waiting-{self.pk}"


class ThreadRow(NamedTuple):
    """What is read of one comment; its columns are named like these."""

    pk: int
    number: int | None
    status: str
    hidden_until: datetime | None
    published_at: datetime | None
    written_at: datetime
    author: int
    author__is_active: bool
    author__is_superuser: bool
    written_as: str
    speaks_as: int | None
    speaks_as__name: str | None
    current: int
    current__number: int
    current__held_for: str
    current__html: str
    letter: int | None
    answers__number: int | None
    answers__status: str | None
    answers__hidden_until: datetime | None
    answers__current: int | None
    quoted: int | None
    quoted__text: str | None
    quote_start: int | None
    quote_length: int | None
    ruling: int | None
    rule: str | None
    groups: tuple[tuple[str], ...]
    respect_count: int
    is_respected: bool
    is_muted: bool

    @property
    def is_shown(self):
        return is_shown(self.status, self.hidden_until)

    @property
    def tombstone(self):
        return tombstone(self.status, self.hidden_until, self.rule)

    @property
    def name(self):
        return self.speaks_as__name if self.speaks_as else self.written_as

    @property
    def mark(self):
        """Return what its writer is here, as `InDiscussion.mark` does."""
        if self.speaks_as:
            return BY_AUTHOR
        if not self.author__is_active or not (self.groups or self.author__is_superuser):
            return ""
        rank = Rank.highest([name for (name,) in self.groups])
        return office(rank, is_administrator=self.author__is_superuser)

    @property
    def quotation(self):
        """Return the words it quotes, as `InDiscussion.quotation` does."""
        is_there = self.quoted and is_shown(self.answers__status, self.answers__hidden_until)
        if not is_there or self.answers__current != self.quoted:
            return ""
        return quoted(self.quoted__text, self.quote_start, self.quote_length)


class ThreadIterable(ValuesListIterable):
    """Makes such rows of those of a query."""

    def __iter__(self):
        return map(ThreadRow._make, super().__iter__())


def _rows(reader=None, waiting=None):
    there = Comment.objects.filter(discussion=Given("discussion"))
    found = there.in_place(Given("first"), Given("last"), waiting=waiting).annotate(**beside())
    rows = regarded(found, reader).values_list(*ThreadRow._fields)
    rows._iterable_class = ThreadIterable
    return rows if waiting else rows[:PAGE]  # there are no more, which PostgreSQL would not think


@asked
def read_by_all():
    """Return the rows of a page of a discussion."""
    return _rows()


@asked
def read_by_one():
    """Return the same as one reader regards them."""
    return _rows(Given("reader"))


@asked
def read_at_the_end():
    """Return the same of the last page, with what waits of hers."""
    return _rows(Given("reader"), waiting=Given("reader"))


@dataclass(frozen=True)
class Thread:
    """One page of a discussion for one reader, or for everybody where that is None."""

    discussion: Discussion
    reader: User | None
    page: int
    invites: bool = False

    @cached_property
    def is_open(self):
        """Whether new comments are taken."""
        return self.discussion.is_open

    def rows(self):
        """Return what is read of its comments, in their order; of the last page with the reader's own that wait."""
        if not self.discussion.pk:
            return []
        first = PAGE * (self.page - 1) + 1
        there = {"discussion": self.discussion.pk, "first": first, "last": first + PAGE - 1}
        if self.reader is None:
            found = read_by_all(**there)
        else:
            is_last = self.page == self.discussion.pages
            found = (read_at_the_end if is_last else read_by_one)(**there, reader=self.reader.pk)
        return found

    def entry(self, row):
        """Return one place as this reader sees it."""
        article = self.discussion.article
        is_own = self.reader is not None and row.author == self.reader.pk
        waits = is_own and row.status == "pending"
        if not (row.is_shown or waits):
            return ThreadEntry(article.year, article.slug, row.number, tombstone=row.tombstone)
        return ThreadEntry(
            article.year,
            article.slug,
            row.number,
            row.pk,
            name=row.name,
            mark=row.mark,
            since=row.published_at or row.written_at,
            html=row.current__html,
            revision=row.current,
            answered=row.answers__number,
            quotation=row.quotation,
            waits=waits,
            held_for=HELD_FOR.get(row.current__held_for, "") if waits else "",
            respect_count=row.respect_count,
            is_edited=row.current__number > 1 and row.is_shown,
            may_be_answered=row.is_shown and self.is_open,
            **self._tools(row, is_own=is_own),
        )

    def _tools(self, row, *, is_own):
        """Return what only somebody signed in is shown beside the words."""
        if self.reader is None:
            return {}
        if is_own:
            return {"is_own": True, "may_be_edited": may_be_edited(row.status, row.written_at)}
        return {
            "is_for_member": True,
            "is_folded": row.is_muted,
            "is_respected": row.is_respected,
            "may_be_invited": self.invites and row.is_shown,
            "has_letter": self.invites and row.letter is not None,
        }
