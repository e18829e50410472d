"""The discussion as it stands under a piece."""

from dataclasses import dataclass

from django import template

from comments.forms.posting import BoxForm
from comments.models import Comment, Discussion, regarded
from comments.models.notice import read_by
from comments.permissions import keeps_discussions

register = template.Library()


@dataclass(frozen=True)
class ThreadEntry:
    """One place in the discussion as one reader sees it."""

    comment: Comment
    is_own: bool
    invites: bool = False

    @property
    def waits(self):
        return self.is_own and self.comment.is_held

    @property
    def is_readable(self):
        """Whether this reader is shown the words, or what stands in their place."""
        return self.comment.is_shown or self.waits

    @property
    def is_folded(self):
        """Whether this reader would rather not read its writer."""
        return self.comment.is_muted and not self.is_own

    @property
    def may_be_invited(self):
        """Whether this reader may ask its writer to make a letter of it."""
        return self.invites and not self.is_own and self.comment.is_shown

    @property
    def since(self):
        """Return when it appeared, or when it was written while it has not."""
        return self.comment.published_at or self.comment.written_at


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context, article):
    """Show one page of the discussion of `article`, and the box for writing."""
    reader = context.get("reader")
    discussion = Discussion.under(article, read_by(reader) if reader else None)
    page = _asked(context["request"], discussion.pages)
    comments = list(regarded(discussion.comments.in_place(page), reader)) if discussion.pk else []
    if reader and discussion.pk and page == discussion.pages:
        comments += regarded(discussion.comments.waiting_of(reader), reader)
    return {
        "article": article,
        "discussion": discussion,
        "entries": _entries(comments, reader, discussion),
        "reader": reader,
        "new": discussion.new_for(reader) if reader else 0,
        "last": max((comment.number or 0 for comment in comments), default=0),
        "page": page,
        "pages": range(1, discussion.pages + 1),
        "box": BoxForm(),
        "tally": discussion.tally(),
    }


def _entries(comments, reader, discussion):
    invites = bool(comments) and keeps_discussions(reader, discussion)
    return [ThreadEntry(comment, bool(reader) and comment.author_id == reader.pk, invites) for comment in comments]


@register.inclusion_tag("admin/comments/_discussion.html")
def discussion_terms(article, user):
    """Tell an editor how the discussion of `article` stands, and lead her to its settings."""
    discussion = Discussion.under(article)
    return {"discussion": discussion, "may": bool(discussion.pk) and keeps_discussions(user, discussion)}


def _asked(request, last):
    said = request.GET.get("comments", "")
    return min(int(said), last) if said.isascii() and said.isdecimal() and len(said) < 6 and int(said) else 1
