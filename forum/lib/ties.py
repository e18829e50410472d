"""Who is too close to a thing to decide about it: said once, as `TIES`, for every list and every guard."""

from functools import cache, wraps

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value

from forum.lib.asked import Given, asked


def _together(first, *others):
    return first.union(*others)


class TiedQuerySet(models.QuerySet):
    """Things that some people are too close to.

    `TIES` are the ways from a thing to these people, each with what must hold on it; `BEHIND` leads to things with
    ties of their own, which are its as well. What a list leaves out is asked from the person's side: where she is too
    close to a `FEW` things only, their keys are asked first.
    """

    TIES: dict[str, Q]
    BEHIND: tuple[str, ...] = ()
    FEW = True

    def close_to(self, user, few=None):
        """Return what this person is too close to."""
        return self.filter(self.is_close(user, few=few))

    def far_from(self, user, few=None):
        """Return what this person is not too close to."""
        return self.exclude(self.is_close(user, few=few))

    def is_close(self, user, at="", few=None):
        """Say at the end of a path to which things this person is too close.

        A question that is written once is given person and `few` keys of what stands behind when it is asked.
        """
        if self.FEW:
            return Q(**{f"{at}pk__in": keys_close_to(user, self.model) if few is None else few})
        tied = Q()
        for way, only in self.TIES.items():
            itself = {"pk": OuterRef(f"{at}pk")}  # asked of each, since she may be close to many and few are listed
            tied |= Q(Exists(self._by(way, only, user).filter(**itself))) if "__" in way else Q(**{f"{at}{way}": user})
        for path in self.BEHIND:
            tied |= _end(self.model, path).objects.all().is_close(user, f"{at}{path}__", few)
        return tied

    def _by(self, way, only, key):
        return self.model.objects.order_by().filter(only, **{way: key}).values("pk")

    def ways(self):
        """Return every way from a thing to those who are too close, with what must hold on it."""
        behind = (
            f"{path}__{way}" for path in self.BEHIND for way in _end(self.model, path).objects.all().ways()
        )
        return self.TIES | dict.fromkeys(behind, Q())

    def people_too_close(self):
        """Return the keys of everybody who is too close to one of these."""
        found = (
            (way, self.order_by().filter(only, **{f"{way}__isnull": False}))
            for way, only in self.ways().items()
        )
        return _together(*(things.values_list(way, flat=True) for way, things in found))

    def leaves_some(self, people, thing="pk"):
        """Say in a query, of what its rows call `thing`, whether not all of these people are too close to it."""
        close = self.model.objects.filter(pk=OuterRef(OuterRef(thing))).people_too_close()
        return Exists(people.exclude(pk__in=close))


def people_too_close(thing):
    """Return the keys of everybody who may not decide about one thing."""
    return frozenset(_people(type(thing))(thing=thing.pk))


def is_conflicted(user, thing):
    """Say whether this person is too close to a thing to decide about it."""
    if getattr(user, "pk", None) is None:
        return False
    return user.pk in asked_once(user, (type(thing), thing.pk), lambda: people_too_close(thing))


def keys_close_to(user, model):
    """Return the keys of the `FEW` rows that this person is too close to."""
    found = asked_once(user, "few", lambda: few_of(person=user.pk))
    return frozenset(key for number, key in found if _few()[number] is model)


def asked_once(user, key, ask):
    """Return what `ask` says, on a page that `asks_once` what was said before; whoever changes something asks anew."""
    ties = getattr(user, "ties", None)
    if ties is None:
        return ask()
    if key not in ties:
        ties[key] = ask()
    return ties[key]


def asks_once(view):
    """Let a page that only shows something ask once what its reader is too close to."""

    @wraps(view)
    def once(request, *args, **kwargs):
        if request.method in ("GET", "HEAD"):
            request.user.ties = {}  # on this request's own person, who goes when it is answered
        return view(request, *args, **kwargs)

    return once


@asked
def few_of():
    """Return of every model of `FEW` rows, by its number, the keys of those that a person is too close to."""
    ways = [
        (number, model, *way)
        for number, model in enumerate(_few())
        for way in model.objects.all().ways().items()
    ]
    found = ((number, model.objects.all()._by(*way, Given("person"))) for number, model, *way in ways)
    return _together(*(things.values_list(Value(number), "pk") for number, things in found))


@cache
def _few():
    tied = (model for model in apps.get_models() if isinstance(model._default_manager.all(), TiedQuerySet))
    return [model for model in tied if model.objects.all().FEW]


@cache
def _people(model):
    return asked(lambda: model.objects.filter(pk=Given("thing")).people_too_close())


def _end(model, path):
    """Return what lies at the end of a path."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model
