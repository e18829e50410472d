"""The discussion as it stands under a piece."""

from django import template

from comments.forms.posting import BoxForm
from comments.models import Discussion, Thread
from comments.models.notice import read_by
from comments.permissions import keeps_discussions
from forum.lib.web.kept import answers

register = template.Library()


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context, article):
    """Show one page of the discussion of `article`, and the box for writing."""
    reader = context.get("reader")
    discussion = Discussion.under(article, read_by(article=article.pk, reader=reader.pk) if reader else None)
    page = _asked(context["request"], discussion.pages)
    invites = bool(discussion.pk) and keeps_discussions(reader, discussion)
    thread = Thread(discussion, reader, page, invites)
    rows = thread.rows()
    return {
        "article": article,
        "discussion": discussion,
        "entries": [thread.entry(row) for row in rows],
        "reader": reader,
        "new": discussion.new_for(reader) if reader else 0,
        "last": max((row.number or 0 for row in rows), default=0),
        "page": page,
        "pages": range(1, discussion.pages + 1),
        "tally": discussion.tally(decided=discussion.pages > 1 or any(row.ruling for row in rows)),
    }


@register.simple_tag
def comment_box():
    """Return the form under a discussion; it carries no token and knows nobody."""
    return BoxForm()


@register.inclusion_tag("admin/comments/_discussion.html")
def discussion_terms(article, user):
    """Tell an editor how the discussion of `article` stands, and lead her to its settings."""
    discussion = Discussion.under(article)
    return {"discussion": discussion, "may": bool(discussion.pk) and keeps_discussions(user, discussion)}


def _asked(request, last):
    said = request.GET.get("comments", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 6 and int(said)):
        return 1
    page = min(int(said), last)
    answers(request, comments=page)
    return page
