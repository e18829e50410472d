"""The machines of the newsroom: every state and every legal move, one table each."""

from articles.workflow.article import ARTICLE
from articles.workflow.audiences import (
    AUTHOR,
    CO_AUTHOR,
    EDITOR,
    FORMER,
    MANAGING,
    PERSON,
    SIGNER,
    TO_THE_DESK,
)
from articles.workflow.message import MESSAGE
from articles.workflow.safety import SAFETY
from articles.workflow.submission import AUTHORS, OPEN, SENT_IN, SUBMISSION, TO_PRINT

__all__ = [
    "ARTICLE",
    "AUTHOR",
    "AUTHORS",
    "CO_AUTHOR",
    "EDITOR",
    "FORMER",
    "MANAGING",
    "MESSAGE",
    "OPEN",
    "PERSON",
    "SAFETY",
    "SENT_IN",
    "SIGNER",
    "SUBMISSION",
    "TO_PRINT",
    "TO_THE_DESK",
]
