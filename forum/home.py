"""The front page: composed from the pieces, the questions, the discussions and the welcome text."""

from django.conf import settings
from django.shortcuts import render

from articles.models.public.cards import Continent
from articles.models.public.lists import ARGUING
from articles.models.public.questions import argued_last, body_of, newest
from articles.models.public.sides import both_sides
from comments.models.discussion import recently_discussed
from forum.lib.web.pagecache import public
from forum.pages.models import Page

LATEST, GRID = 6, 12  # where the rail ends, and where the grid does
REGION = 3
EACH_SIDE = 2


@public
def home(request):
    sides = disputed()
    opposed = {piece.pk for piece in sides} if sides else set()
    pieces = [piece for piece in newest() if piece.pk not in opposed]
    lead, rail, more, rest = next(iter(pieces), None), pieces[1:LATEST], pieces[LATEST:GRID], pieces[GRID:]
    context = {
        "welcome": Page.objects.by_slug("welcome"),
        "lead": lead,
        "body": text_of(lead),
        "rail": rail,
        "more": more,
        "regions": by_region(rest),
        "sides": sides,
        "discussions": tuple(recently_discussed()),
        "taken_up_in": settings.PROMISES["first_answer_working_days"],
    }
    return render(request, "home.html", context)


def text_of(lead):
    """Return the text of the piece that leads; "" where none does, or it was removed since it was found."""
    return (lead and body_of.first(pk=lead.pk)) or ""


def by_region(pieces):
    """Return the continents that are written about, each with its newest pieces; no piece stands twice."""
    found = {}
    for piece in pieces:
        for continent in sorted(set(map(Continent._make, piece.continents))):
            if len(found.setdefault(continent, [])) < REGION:
                found[continent].append(piece)
                break
    return tuple((continent, tuple(pieces)) for continent, pieces in sorted(found.items()))


def disputed():
    """Return the question argued last on both sides, with the newest pieces on each."""
    question = argued_last.first()
    if question is None:
        return None
    sides = both_sides(question, ARGUING.first(thing=question.pk))
    sides.pieces = {stance: pieces[:EACH_SIDE] for stance, pieces in sides.pieces.items()}
    return sides
