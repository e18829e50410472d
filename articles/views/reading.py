"""The pages of one piece."""

from django.shortcuts import get_object_or_404, render

from articles.models import Article
from articles.models.sides import other_sides
from forum.lib.pagecache import public


@public
def article(request, year, slug):
    """Show a piece, or what stands in its place."""
    piece = get_object_or_404(Article.objects.out().for_page(), year=year, slug=slug)
    if piece.status == "removed":
        return _removed(request, piece)
    related = Article.objects.listed().related_to(piece).for_cards()[:3]
    context = {"article": piece, "sides": other_sides(piece), "related": related}
    response = render(request, "articles/article.html", context)
    response.fresh_until = Article.objects.next_out()
    return response


@public
def article_print(request, year, slug):
    """Show a piece alone, for paper."""
    piece = get_object_or_404(Article.objects.out().for_page(), year=year, slug=slug)
    if piece.status == "removed":
        return _removed(request, piece)
    return render(request, "articles/article_print.html", {"article": piece})


def _removed(request, piece):
    return render(request, "articles/removed.html", {"article": piece}, status=410)
