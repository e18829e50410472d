"""The pages of one piece."""

from functools import wraps

from django.shortcuts import get_object_or_404, render

from articles.models import Article
from articles.models.sides import other_sides
from forum.lib.pagecache import public


def out(view):
    """Find a piece whose day has come; where it was removed, say so in its place."""

    @wraps(view)
    def shown(request, year, slug, **rest):
        piece = get_object_or_404(Article.objects.out().for_page(), year=year, slug=slug)
        if piece.status == "removed":
            return render(request, "articles/removed.html", {"article": piece}, status=410)
        return view(request, piece, **rest)

    return shown


@public
@out
def article(request, piece):
    """Show a piece with all that stands around it."""
    related = Article.objects.listed().related_to(piece).for_cards()[:3]
    context = {"article": piece, "sides": other_sides(piece), "related": related}
    response = render(request, "articles/article.html", context)
    response.fresh_until = Article.objects.next_out()
    return response


@public
@out
def article_print(request, piece):
    """Show a piece alone, for paper."""
    return render(request, "articles/article_print.html", {"article": piece})
