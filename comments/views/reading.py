"""Finding one comment again, and what it said before it was edited."""

from itertools import pairwise

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.views.reading import readable, still_here
from comments.models import Comment
from forum.lib.diff.compare import compare
from forum.lib.web.pagecache import public


def placed(pk):
    """Return a comment that has a place below a piece that can be read; raises Gone or Http404."""
    comment = get_object_or_404(Comment.objects.placed(), pk=pk)
    still_here(comment.discussion.article)
    return comment


@public
@require_safe
def comment(request, year, slug, number):
    """Lead a permanent address to the page of the discussion where the comment stands."""
    article = readable(year, slug)
    return redirect(get_object_or_404(Comment.objects.placed_under(article), number=number).place)


@public
@require_safe
def changes(request, pk):
    """Show what a comment said before, where that stood in public."""
    comment = placed(pk)
    if not (comment.is_shown and comment.is_edited):
        raise Http404
    wordings = [*comment.wordings(), comment.current]
    steps = [(new, compare(old.html, new.html)) for old, new in pairwise(wordings)]
    return render(request, "comments/changes.html", {"comment": comment, "steps": steps})
