from comments.models.appeal import Appeal, AppealEvent
from comments.models.comment import Comment, CommentEvent
from comments.models.discussion import Discussion
from comments.models.report import Reason, Report, ReportCase, ReportCaseEvent
from comments.models.revision import CommentRevision
from comments.models.rule import Rule
from comments.models.ruling import Ruling
from comments.models.trust import Trust

__all__ = [
    "Appeal",
    "AppealEvent",
    "Comment",
    "CommentEvent",
    "CommentRevision",
    "Discussion",
    "Reason",
    "Report",
    "ReportCase",
    "ReportCaseEvent",
    "Rule",
    "Ruling",
    "Trust",
]
