from comments.admin import (
    appeals,
    bulk,
    deciding,
    discussions,
    guests,
    letters,
    panels,
    queue,
    rules,
    sanctions,
    wordings,
    words,
)

__all__ = [
    "appeals",
    "bulk",
    "deciding",
    "discussions",
    "guests",
    "letters",
    "panels",
    "queue",
    "rules",
    "sanctions",
    "wordings",
    "words",
]
