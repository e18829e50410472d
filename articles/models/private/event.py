from django.db import models
from django.db.models import Q

from forum.lib.moves import Event


class SubmissionEventQuerySet(models.QuerySet):
    """What happened to submissions, as it is counted."""

    def exceptions(self):
        """Return the publications by somebody whom a rule would have kept from it."""
        return self.filter(
            Q(verb="publish_anyway") | Q(verb="publish", detail__nobody_else_eligible=True)
        )

    def put_key(self, was, now):
        """Put one person's key in the place of another's wherever these events say to whom something was done."""
        for event in self:
            said = event.detail
            new = said | {role: now for role in ("to", "from") if said.get(role) == was}
            for several in ("asks", "agreed"):
                if was in said.get(several, []):
                    new[several] = sorted({*said[several], now} - {was})
            if new != said:
                event.detail = new
                event.save(update_fields=["detail"])


class SubmissionEvent(Event):
    """What happened to a submission."""

    objects = SubmissionEventQuerySet.as_manager()

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="events")


class MessageEvent(Event):
    """What happened to a message."""

    message = models.ForeignKey("articles.Message", models.CASCADE, related_name="events")
