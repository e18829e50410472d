"""What pages ask of pieces on their way in, each written once (`forum/lib/asked.py`)."""

from functools import cache

from django.db.models import DateTimeField

from articles.models.private.front import front_of
from articles.models.private.letter_template import LetterTemplate
from articles.models.private.message import Message
from articles.models.private.reach import is_seen
from articles.models.private.safety import SafetyRequest
from articles.models.private.submission import Submission
from articles.models.public.article import Article
from forum.lib.asked import NOW, Given, Keys, asked

MOST = 10  # rows of a panel; the count says how many there are
SIZE = 20  # of a page of a list
PERSON, CLOSE = Given("person"), Keys("close")


@asked
def first_written():
    """Return the key of a piece that somebody wrote, or nothing."""
    return Submission.objects.written_by(PERSON).order_by().values_list("pk", flat=True)[:1]


@cache
def front(*, leads):
    """Return how to ask where everything lies on an editor's front page: places, letters, and what comes out."""
    start = Given("start", DateTimeField())
    return asked(lambda: front_of(Given("editor"), _on_desk(), _is_on_desk("submission__"), start, leads=leads))


@asked
def lines():
    """Return the lines of some pieces."""
    return _on_desk().filter(pk__in=Keys("pieces")).for_lines()


@cache
def first_pieces(state):
    """Return how to ask for the first page of the desk's list: of the pieces in one state, or of all for ""."""
    return asked(lambda: _on_desk().in_state(state).for_desk_list()[: SIZE + 1])


@asked
def counts():
    """Return how many pieces are in each state under way."""
    return _on_desk().under_way().by_state()


@cache
def first_articles(state):
    """Return how to ask for the first page of the pieces in print: of those in one state, or of all for ""."""
    seen = is_seen(Keys("kept_from"), at=NOW)
    return asked(lambda: Article.objects.filter(seen).in_state(state).for_list()[: SIZE + 1])


@asked
def off_scope():
    """Return the key of the letter that declines what is not our subject, or nothing."""
    return LetterTemplate.objects.off_scope().values_list("pk", flat=True)


@cache
def first_messages(state):
    """Return how to ask for the first page of the messages but for those about some pieces, in one state or all."""
    return asked(lambda: Message.objects.about_none_of(CLOSE).in_state(state).for_desk_list()[: SIZE + 1])


@asked
def messages():
    """Return the messages that nobody answered, but for those about some pieces."""
    return Message.objects.about_none_of(CLOSE).waiting().for_panel(NOW)[:MOST]


@cache
def safety(*, is_officer):
    """Return how to ask what authors asked for their safety and somebody may answer, where nobody has."""
    return asked(lambda: SafetyRequest.objects.far_from(PERSON, CLOSE, is_officer=is_officer).waiting(NOW)[:MOST])


@cache
def first_safety(state, *, is_officer):
    """Return how to ask for the first page of these in one state, or of all for ""."""
    seen = {"person": PERSON, "close": CLOSE, "is_officer": is_officer}
    newest = ("-asked_at", "-pk")
    found = SafetyRequest.objects.all().in_state(state).for_lists().order_by(*newest)
    return asked(lambda: found.far_from(**seen)[: SIZE + 1])


def _on_desk():
    return Submission.objects.filter(_is_on_desk())


def _is_on_desk(path=""):
    return Submission.objects.all().is_sent_in(Keys("kept_from"), path)
