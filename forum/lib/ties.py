"""Who is too close to a thing to decide about it: said once, as `TIES`, for every list and every guard."""

from django.db import models
from django.db.models import Exists, OuterRef, Q


def through(path, ways):
    """Return the ties of what lies at the end of a path."""
    return {f"{path}__{way}": Q() for way in ways}


def _together(first, *others):
    return first.union(*others)


class TiedQuerySet(models.QuerySet):
    """Things that some people are too close to.

    `TIES` are the ways from a thing to these people, each with what must hold on it. Each way is asked for by
    itself, so that every one finds its few rows by an index.
    """

    TIES: dict[str, Q]

    def close_to(self, user):
        """Return what this person is too close to."""
        return self.filter(pk__in=self.ties_of(user))

    def far_from(self, user):
        """Return what this person is not too close to."""
        return self.exclude(pk__in=self.ties_of(user))

    def ties_of(self, user):
        """Return the keys of all that this person is too close to."""
        things = self.model.objects.order_by()
        return _together(*(things.filter(only, **{way: user}).values("pk") for way, only in self.TIES.items()))

    def people_too_close(self):
        """Return the keys of everybody who is too close to one of these."""
        found = ((way, self.order_by().filter(only, **{f"{way}__isnull": False})) for way, only in self.TIES.items())
        return _together(*(things.values_list(way, flat=True) for way, things in found))

    def leaves_some(self, people, thing="pk"):
        """Say in a query, of what its rows call `thing`, whether not all of these people are too close to it."""
        close = self.model.objects.filter(pk=OuterRef(OuterRef(thing))).people_too_close()
        return Exists(people.exclude(pk__in=close))


def people_too_close(thing):
    """Return the keys of everybody who may not decide about one thing."""
    return type(thing).objects.filter(pk=thing.pk).people_too_close()


def is_conflicted(user, thing):
    """Say whether this person is too close to a thing to decide about it."""
    return getattr(user, "pk", None) in people_too_close(thing)
