"""Who argues the opposite: the pieces that answer one question, set against each other."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Subquery

from articles.models.public import in_public
from articles.models.public.article import Article
from articles.models.public.question import Answer, Question, Stance

MOST = 3  # opposing pieces shown under a piece


@dataclass
class Sides:
    """A question and the pieces on each side of it; `stance` is the answer of the piece one reads."""

    question: Question
    stance: str = ""
    pieces: dict = field(default_factory=dict)

    def __iter__(self):
        return (piece for pieces in self.pieces.values() for piece in pieces)

    @property
    def yes(self):
        return self.pieces.get(Stance.YES, [])

    @property
    def no(self):
        return self.pieces.get(Stance.NO, [])

    @property
    def depends(self):
        return self.pieces.get(Stance.DEPENDS, [])

    @property
    def answer(self):
        """Return the answer of the piece one reads, in words."""
        return Stance(self.stance).label.lower()

    @property
    def others(self):
        """Return the sides that piece does not take, each in words with its newest pieces."""
        return [(s.label, self.pieces[s][:MOST]) for s in Stance if s != self.stance and s in self.pieces]


def both_sides(question, articles):
    """Set pieces that carry their `stance` on a question against each other."""
    sides = Sides(question)
    for article in articles:
        sides.pieces.setdefault(article.stance, []).append(article)
    return sides


def other_sides(article):
    """Return, for each question this piece answers, the pieces that answer otherwise."""
    sides = {a.question_id: Sides(a.question, a.stance) for a in article.answers.all() if a.question.shown}
    for other in Article.objects.listed().opposing(article).for_cards()[:24]:
        if other.question_id in sides:
            sides[other.question_id].pieces.setdefault(other.stance, []).append(other)
    return list(sides.values())


def argued_last():
    """Return the question with a piece readers can see on either side that was argued last, or None."""
    beside = Answer.objects.filter(in_public.listed("article__"), question=OuterRef("question"))
    both = Exists(beside.filter(stance=Stance.YES)), Exists(beside.filter(stance=Stance.NO))
    answers = Answer.objects.filter(*both, article=OuterRef("pk"), question__shown=True).order_by("-question_id")
    argued = Article.objects.listed().annotate(argues=Subquery(answers.values("question")[:1])).exclude(argues=None)
    latest = argued.order_by("-published_at", "-argues").values("argues")[:1]
    return Question.objects.open_to_readers().filter(pk=Subquery(latest)).first()
