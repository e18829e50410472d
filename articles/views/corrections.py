"""What was changed in the open: the versions of a piece, their differences, and the list of corrections."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render

from articles.differences import differences
from articles.models import ArticleEvent
from articles.views.reading import out
from forum.lib.web.pagecache import public
from forum.lib.web.paging import page


@public
def corrections(request):
    """List what was changed, retracted and removed."""
    changes = page(ArticleEvent.objects.told_to_readers(), request, by="told_at")
    return render(request, "articles/corrections.html", {"page": changes})


@public
@out
def versions(request, piece):
    """List the editions of a piece that readers saw."""
    return render(request, "articles/versions.html", {"article": piece})


@public
@out
def difference(request, piece, old, new):
    """Show what changed from one edition to a later one, word by word."""
    found = list(piece.editions.filter(Q(number=old) | Q(number=new)))
    if old >= new or len(found) < 2:
        raise Http404
    before, after = found
    context = {"article": piece, "old": before, "new": after, **differences(before, after)}
    return render(request, "articles/difference.html", context)
