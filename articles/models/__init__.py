from articles.models.private.answer import SubmissionAnswer
from articles.models.private.byline import Byline
from articles.models.private.conflict import Conflict
from articles.models.private.declaration import Declaration
from articles.models.private.event import MessageEvent, SubmissionEvent
from articles.models.private.invitation import Invitation
from articles.models.private.kept import Kept
from articles.models.private.letter import Letter
from articles.models.private.letter_template import LetterTemplate
from articles.models.private.message import Message
from articles.models.private.note import AuthorNote, StaffNote
from articles.models.private.point import Point
from articles.models.private.revision import Revision
from articles.models.private.safety import SafetyEvent, SafetyRequest
from articles.models.private.sign_off import SignOff
from articles.models.private.submission import Submission
from articles.models.private.upload import Upload
from articles.models.public.article import Article
from articles.models.public.author import Author, PrintedByline
from articles.models.public.edition import Edition
from articles.models.public.event import ArticleEvent
from articles.models.public.picture import Picture
from articles.models.public.question import Answer, Question
from articles.models.public.shelved import Shelved
from articles.models.public.taxonomy import Kind, Region, Topic
from articles.models.public.text import StaleText

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
    "Shelved",
    "SignOff",
    "StaffNote",
    "StaleText",
    "Submission",
    "SubmissionAnswer",
    "SubmissionEvent",
    "Topic",
    "Upload",
]
