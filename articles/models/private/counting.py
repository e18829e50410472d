"""Part of the submissions' queries: how many there are, and which stand on which day."""

from django.db import models
from django.db.models import Count, Min, Q, Window

from articles.workflow import SUBMISSION

UNDER_WAY = SUBMISSION.where(under_way=True)


class SubmissionCounts(models.QuerySet):
    """What is counted and listed of submissions, whoever may see them."""

    def by_state(self):
        """Return how many pieces there are in each state, as pairs."""
        return self.order_by().values_list("status").annotate(pieces=Count("pk"))

    def with_total(self):
        """Return rows that each carry, as `total`, how many there are in all."""
        return self.annotate(total=Window(Count("pk")))

    def counts_of_author(self, author):
        """Return how many pieces this person has sent in, and how many of them were published."""
        published = Count("pk", filter=Q(status="published"))
        return self.filter(corresponding_author=author).aggregate(sent=Count("pk"), published=published)

    def ever_sent_in(self):
        """Return when each piece first came, when its author first had a decision, and how it stands."""
        came = Min("events__at", filter=Q(events__verb="submit"))
        answered = Min("events__at", filter=Q(events__verb__in=["ask_for_changes", "accept", "decline"]))
        found = self.order_by().annotate(came_at=came, answered_at=answered).exclude(came_at=None)
        return found.values_list("came_at", "answered_at", "status")

    def under_way(self):
        """Return what is neither a draft nor finished."""
        return self.filter(status__in=UNDER_WAY)

    def for_desk_list(self):
        """Return what the desk's list says of each piece, the latest move first."""
        people = ("corresponding_author__name", "corresponding_author__email", "editor__name")
        when = ("moved_at", "due_at", "apologies", "article__published_at")
        said = ("pk", "code", "title", "status", "turn", *when, *people)
        return self.order_by("-moved_at", "-pk").values_list(*said, named=True)

    def for_lists(self):
        """Return the rows of a list: without the long texts, with the names that are shown."""
        return self.defer("body", "html").select_related("corresponding_author", "editor", "kind", "article")

    def steps(self, kind=None):
        """Return when each piece came, first met an editor and was decided on, the latest first."""
        moments = {
            "came_at": ["submit"],
            "answered_at": ["take_up", "assign", "decline"],
            "decided_at": ["accept", "decline"],
        }
        first = {name: Min("events__at", filter=Q(events__verb__in=verbs)) for name, verbs in moments.items()}
        found = self.filter(status__in=SUBMISSION.where(counts=True))
        found = found.filter(kind=kind) if kind else found
        dated = found.order_by().annotate(**first).exclude(came_at=None)
        return dated.order_by("-came_at").values_list(*moments)
