"""Who argues the opposite: the pieces that answer one question, set against each other."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Subquery

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


def argued_both_ways():
    """Return the questions with a piece readers can see on either side, the latest argued first."""
    answers = Answer.objects.filter(question=OuterRef("pk"), article__in=Article.objects.listed())
    latest = answers.order_by("-article__published_at").values("article__published_at")[:1]
    both = Exists(answers.filter(stance=Stance.YES)), Exists(answers.filter(stance=Stance.NO))
    return Question.objects.open_to_readers().filter(*both).order_by(Subquery(latest).desc(), "-pk")
