"""A letter about a piece, begun from a comment whose writer is invited to make one of it."""

from django.utils.text import Truncator

from articles.models import Kind, Submission

LONGEST_TITLE = 200


def start_letter(comment, *, by):
    """Start a commissioned letter about the piece from the words of a comment, under the name that stands on it."""
    article = comment.discussion.article
    title = Truncator(f"On “{article.title}”").chars(LONGEST_TITLE)
    words = {"title": title, "body": str(comment.current.html)}
    letter = Submission.commission(by=by, email=comment.author.email, name=comment.name, **words)
    about = {"topics": article.topics_in_order, "regions": article.regions.all(), "answers": ()}
    kind = Kind.objects.filter(slug="letter").first()
    letter.place(by=by, version=letter.version, responds_to=article, kind=kind, **about)
    return letter
