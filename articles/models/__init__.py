from articles.models.article import Article
from articles.models.author import Author, Byline, PrintedByline
from articles.models.declaration import Declaration
from articles.models.desk import Conflict, Letter, SignOff
from articles.models.edition import Edition
from articles.models.event import ArticleEvent, MessageEvent, SubmissionEvent
from articles.models.invitation import Invitation
from articles.models.kept import Kept
from articles.models.message import Message
from articles.models.note import AuthorNote, StaffNote
from articles.models.picture import Picture
from articles.models.point import Point
from articles.models.question import Answer, Question, SubmissionAnswer
from articles.models.revision import Revision
from articles.models.safety import SafetyEvent, SafetyRequest
from articles.models.submission import Submission
from articles.models.taxonomy import Kind, Region, Topic
from articles.models.template import LetterTemplate
from articles.models.text import StaleText
from articles.models.upload import Upload

__all__ = [
    "Answer",
    "Article",
    "ArticleEvent",
    "Author",
    "AuthorNote",
    "Byline",
    "Conflict",
    "Declaration",
    "Edition",
    "Invitation",
    "Kept",
    "Kind",
    "Letter",
    "LetterTemplate",
    "Message",
    "MessageEvent",
    "Picture",
    "Point",
    "PrintedByline",
    "Question",
    "Region",
    "Revision",
    "SafetyEvent",
    "SafetyRequest",
    "SignOff",
    "StaffNote",
    "StaleText",
    "Submission",
    "SubmissionAnswer",
    "SubmissionEvent",
    "Topic",
    "Upload",
]
