"""Who argues the opposite: the pieces that answer one question, set against each other."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Subquery

from articles.models.public import in_public
from articles.models.public.article import Article
from articles.models.public.printed import OtherSide
from articles.models.public.question import Answer, Question, Stance

MOST = 3  # opposing pieces shown under a piece


@dataclass
class Sides:
    """A question and the pieces on each side of it."""

    question: Question
    pieces: dict = field(default_factory=dict)

    def __iter__(self):
        return (piece for pieces in self.pieces.values() for piece in pieces)

    @property
    def yes(self):
        return self.giving(Stance.YES)

    @property
    def no(self):
        return self.giving(Stance.NO)

    @property
    def depends(self):
        return self.giving(Stance.DEPENDS)

    def giving(self, stance):
        """Return the pieces that give this answer."""
        return tuple(self.pieces.get(stance, ()))


def both_sides(question, articles):
    """Set pieces that carry their `stance` on a question against each other."""
    sides = Sides(question)
    for article in articles:
        sides.pieces.setdefault(article.stance, []).append(article)
    return sides


def other_sides(article):
    """Return, for each question this piece answers, the pieces that answer otherwise."""
    if not article.told_answers:
        return ()
    pieces = {}
    for other in Article.objects.listed().opposing(article).for_cards("question_id", "stance")[:24]:
        pieces.setdefault((other.question_id, other.stance), []).append(other)
    return tuple(_otherwise(answer, pieces) for answer in article.told_answers)


def _otherwise(answer, pieces):
    question, stance, title, slug = answer
    given = ((side.label, tuple(pieces.get((question, side), ())[:MOST])) for side in Stance if side != stance)
    return OtherSide(title, slug, Stance(stance).label.lower(), tuple(side for side in given if side[1]))


def argued_last():
    """Return the question with a piece readers can see on either side that was argued last, or None."""
    beside = Answer.objects.filter(in_public.listed("article__"), question=OuterRef("question"))
    both = Exists(beside.filter(stance=Stance.YES)), Exists(beside.filter(stance=Stance.NO))
    answers = Answer.objects.filter(*both, article=OuterRef("pk"), question__shown=True).order_by("-question_id")
    argued = Article.objects.listed().annotate(argues=Subquery(answers.values("question")[:1])).exclude(argues=None)
    latest = argued.order_by("-published_at", "-argues").values("argues")[:1]
    return Question.objects.open_to_readers().filter(pk=Subquery(latest)).first()
