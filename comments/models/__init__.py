from comments.models.appeal import Appeal, AppealEvent
from comments.models.comment import Comment, CommentEvent
from comments.models.discussion import Discussion
from comments.models.notice import Follow, HowOften, MailChoice, Notice, Visit
from comments.models.regard import Mute, Respect
from comments.models.report import Reason, Report, ReportCase, ReportCaseEvent
from comments.models.revision import CommentRevision
from comments.models.rule import Rule
from comments.models.ruling import Ruling
from comments.models.sanction import Level, Sanction, SanctionEvent
from comments.models.thread import Thread
from comments.models.trust import Trust
from comments.models.word_list import WordList, WordListEvent

__all__ = [
    "Appeal",
    "AppealEvent",
    "Comment",
    "CommentEvent",
    "CommentRevision",
    "Discussion",
    "Follow",
    "HowOften",
    "Level",
    "MailChoice",
    "Mute",
    "Notice",
    "Reason",
    "Report",
    "ReportCase",
    "ReportCaseEvent",
    "Respect",
    "Rule",
    "Ruling",
    "Sanction",
    "SanctionEvent",
    "Thread",
    "Trust",
    "Visit",
    "WordList",
    "WordListEvent",
]
