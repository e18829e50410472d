"""The page of a piece above its discussion, as values that its HTML is made from."""

from datetime import datetime
from typing import NamedTuple

from articles.models.public.cards import Card, Signature
from articles.models.public.taxonomy import perspective_sentence


class Filed(NamedTuple):
    """A kind, a topic or a region under which a piece is filed."""

    name: str
    slug: str


class Declared(NamedTuple):
    """What the author declared and readers are told."""

    about: str
    said: str


class Amended(NamedTuple):
    """A change that readers were told of."""

    change: str
    made_at: datetime
    note: str


class OtherSide(NamedTuple):
    """A question that a piece answers, its answer in words, and each other answer with the pieces that give it."""

    title: str
    slug: str
    answer: str
    others: tuple[tuple[str, tuple[Card, ...]], ...]


class PrintedPage(NamedTuple):
    """A piece as its page shows it to everybody."""

    year: int
    slug: str
    title: str
    standfirst: str
    html: str
    words: int
    kind: Filed
    topics: tuple[Filed, ...]
    regions: tuple[Filed, ...]
    bylines: tuple[Signature, ...]
    published_at: datetime
    updated_at: datetime | None
    retracted: str | None
    perspective: str
    changes: tuple[Amended, ...]
    declarations: tuple[Declared, ...]

    @classmethod
    def of(cls, article):
        """Make it of an article that was read `for_page`."""
        edition, kind = article.edition, article.kind
        topics = sorted(article.told_topics, key=lambda topic: topic[0] != article.primary_topic_id)
        return cls(
            article.year,
            article.slug,
            edition.title,
            edition.standfirst,
            edition.html,
            edition.words,
            kind=Filed(kind.name, kind.slug) if kind else Filed("", ""),
            topics=tuple(Filed(name, slug) for _, name, slug in topics),
            regions=tuple(map(Filed._make, article.told_regions)),
            bylines=tuple(map(Signature._make, article.told_bylines)),
            published_at=article.published_at,
            updated_at=article.updated_at,
            retracted=article.notice if article.is_retracted else None,
            perspective=perspective_sentence(article),
            changes=tuple(Amended(e.get_change_display(), e.made_at, e.note) for e in article.public_changes),
            declarations=tuple(Declared(said["about"], said["said"]) for said in edition.declarations),
        )
