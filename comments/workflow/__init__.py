"""The machines of the discussion: every state and every legal move, one table each."""

from comments.workflow.appeal import APPEAL
from comments.workflow.audiences import CONCERNED, GUEST, MODERATORS, OBJECTOR, REPORTERS, SANCTIONED, WRITER
from comments.workflow.comment import COMMENT, TAKEN_AWAY
from comments.workflow.report_case import REPORT_CASE
from comments.workflow.sanction import RESTRICTIVE, SANCTION, SANCTIONS
from comments.workflow.word_list import WORD_LIST

__all__ = [
    "APPEAL",
    "COMMENT",
    "CONCERNED",
    "GUEST",
    "MODERATORS",
    "OBJECTOR",
    "REPORTERS",
    "REPORT_CASE",
    "RESTRICTIVE",
    "SANCTION",
    "SANCTIONED",
    "SANCTIONS",
    "TAKEN_AWAY",
    "WORD_LIST",
    "WRITER",
]
