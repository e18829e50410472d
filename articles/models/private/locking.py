"""Part of the submissions' queries: locked until the transaction ends, while what names a person is written."""

from django.db import models

from articles.models.private.invitation import Invitation


class Locking(models.QuerySet):
    """Rows that nobody else writes meanwhile; first the pieces, then the people (`User.objects.locked`)."""

    def naming(self, person):
        """Return what somebody was invited to: whatever names somebody without an account."""
        return self.filter(pk__in=Invitation.objects.filter(person=person).values("submission"))

    def lock(self):
        """Let nobody else write these rows; in one order always, so that no two wait for each other."""
        list(self.select_for_update(no_key=True).order_by("pk").values_list("pk"))
