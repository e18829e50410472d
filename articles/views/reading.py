"""The pages of one piece."""

from datetime import MAXYEAR
from functools import wraps

from django.http import Http404
from django.shortcuts import render

from articles.models.public.printed import PrintedPage
from articles.models.public.questions import piece_at, piece_named_at, related
from articles.models.public.sides import other_sides
from forum.lib.web.pagecache import public
from forum.lib.web.refusals import Gone


def readable(year, slug, ask=piece_named_at):
    """Return a piece that can be read; raises Gone where it was removed, Http404 where readers never saw it."""
    piece = ask.first(year=year, slug=slug) if year <= MAXYEAR else None
    if piece is None:
        raise Http404("There is no such piece.")
    still_here(piece)
    return piece


def still_here(piece):
    """Raise Gone where a piece was removed: at all addresses below it stands what stands in its place."""
    if not piece.state.readable:
        raise Gone("articles/removed.html", article=piece)


def out(view):
    """Find the piece at an address."""

    @wraps(view)
    def found(request, year, slug, **rest):
        return view(request, readable(year, slug, ask=piece_at), **rest)

    return found


@public
@out
def article(request, piece):
    """Show a piece with all that stands around it."""
    context = {
        "article": piece,
        "printed": PrintedPage.of(piece),
        "address": request.build_absolute_uri(piece.get_absolute_url()),
        "sides": other_sides(piece),
        "related": tuple(related(topic=piece.primary_topic_id, pk=piece.pk)),
    }
    return render(request, "articles/article.html", context)


@public
@out
def article_print(request, piece):
    """Show a piece alone, for paper."""
    return render(request, "articles/article_print.html", {"article": piece, "printed": PrintedPage.of(piece)})
