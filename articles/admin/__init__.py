"""The editors' desk: one file per screen; importing a module registers its panels and pages."""

from articles.admin import (
    article,
    author,
    guests,
    keeping,
    letters,
    messages,
    notes,
    safety,
    submission,
    submissions,
    taxonomy,
    uploads,
    waiting,
    writing,
)

__all__ = [
    "article",
    "author",
    "guests",
    "keeping",
    "letters",
    "messages",
    "notes",
    "safety",
    "submission",
    "submissions",
    "taxonomy",
    "uploads",
    "waiting",
    "writing",
]
