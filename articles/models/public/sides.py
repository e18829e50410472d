"""Who argues the opposite: the pieces that answer one question, set against each other."""

from dataclasses import dataclass, field

from articles.models.public.printed import OtherSide
from articles.models.public.question import Question, Stance
from articles.models.public.questions import MOST_OF_A_SIDE, opposing


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
    for other in opposing(pk=article.pk):
        pieces.setdefault((other.question_id, other.stance), []).append(other)
    return tuple(_otherwise(answer, pieces) for answer in article.told_answers)


def _otherwise(answer, pieces):
    question, stance, title, slug = answer
    others = (side for side in Stance if side != stance)
    given = ((side.label, tuple(pieces.get((question, side), ())[:MOST_OF_A_SIDE])) for side in others)
    return OtherSide(title, slug, Stance(stance).label.lower(), tuple(side for side in given if side[1]))
