"""Finding one comment again."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from articles.models import Article
from comments.models import Comment
from forum.lib.pagecache import public


@public
@require_safe
def comment(request, year, slug, number):
    """Lead a permanent address to the page of the discussion where the comment stands."""
    article = get_object_or_404(Article.objects.readable(), year=year, slug=slug)
    return redirect(get_object_or_404(Comment.objects.placed_under(article), number=number).place)
