from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.lib.web.pagecache import public
from forum.pages.models import Page


@public
@require_safe
def page(request, slug):
    """Show one of the texts about the site."""
    page = Page.objects.by_slug(slug)
    if page is None:
        raise Http404
    return render(request, "pages/page.html", {"page": page})
