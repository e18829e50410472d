"""State changes: a table of moves for each machine, and one way to make a move.

A machine is said once, as data. Buttons, checks, events, mails, `docs/workflow.md` and tests come from it.
"""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.dispatch import Signal
from django.http import Http404
from django.utils import timezone

from forum.lib.insert import insert

SAME = "same"
DESK = "desk"
MAIN, QUIET, GRAVE = "", "quiet", "danger"  # tones, as the classes of a button
NOT_YOURS = "This is not yours to do."

moved = Signal()
"""Sent inside the transaction of every move, with `thing` and its `event`."""


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, known at most by an address and whether it was confirmed."""

    email: str = ""
    confirmed: bool = False

    kind = "guest"

    def __str__(self):
        return "a reader"


@dataclass(frozen=True)
class Automaton:
    """One of the two machines that may act: the clock and the screen."""

    kind: str

    def __str__(self):
        return f"the {self.kind}"


CLOCK = Automaton("clock")
SCREEN = Automaton("screen")


class Refused(Exception):
    """A guard's complaint: one sentence fit to show to the person who pressed the button."""


class IllegalMove(Exception):
    """The verb came too late or too early: somebody else moved `thing` first."""

    def __init__(self, thing, verb):
        self.thing, self.verb = thing, verb
        super().__init__(f"{verb} is not possible from {thing.status!r}")


@dataclass(frozen=True)
class Button:
    """A verb as it stands on a page: its words and looks, and the complaint that greys it out, if any.

    The page adds its address, the turn of the thing as it is `seen`, whether a form `asks` for words first, what that
    `needs`, and whether this person has `kept` some.
    """

    verb: str
    label: str
    link: str
    tone: str
    key: str
    complaint: str = ""
    url: str = ""
    seen: int = 0
    asks: bool = False
    needs: str = ""
    kept: bool = False


@dataclass(frozen=True)
class State:
    """One state a thing can be in: its label, and in a machine's own kind of state the facts that group them."""

    label: str


def where(states, **facts):
    """Return the names of those states of a table of which all these facts are so, in the table's order."""
    return [name for name, state in states.items() if all(getattr(state, fact) == so for fact, so in facts.items())]


@dataclass(eq=False)
class Move:
    """One row of a machine: from which states, to which, who may, and what stands against it.

    `sources` are states separated by spaces, or a list of them; "" is the state before creation.
    `who(by, thing)` is the permission. Each guard in `unless`, called `(by, thing)`, returns "" or its complaint.
    `label` is the button in plain words; "" where a machine presses. It stands `at` the desk or elsewhere, in this
    `tone` (MAIN is the usual way on, GRAVE what is not easily undone), with this `key`; `link` leads to its page where
    the label would say too much. `done` says the move in the past, for timelines.
    `tells` names who is mailed about it; where it `waits`, those letters leave after `settings.LETTERS_WAIT`. With
    `after`, nobody is told but who last heard of one of these verbs. A `quiet` move stays and takes no turn: nobody's
    open form goes stale. A `secret` one leaves its event for the record alone: no history tells of it.
    """

    sources: str | list
    target: str
    who: Callable
    _: KW_ONLY
    label: str = ""
    at: str = DESK
    tone: str = QUIET
    key: str = ""
    link: str = ""
    done: str = ""
    unless: Sequence = ()
    tells: Sequence = ()
    waits: bool = False
    after: Sequence = ()
    quiet: bool = False
    secret: bool = False

    def __post_init__(self):
        self.sources = tuple(self.sources.split() if isinstance(self.sources, str) else self.sources) or ("",)

    @property
    def creates(self):
        return self.sources == ("",)

    @property
    def stays(self):
        return self.target == SAME

    @property
    def is_grave(self):
        """Whether it is not easily undone."""
        return self.tone == GRAVE

    def complaint(self, by, thing):
        """Return the first guard's sentence against this move, or ""."""
        return next(filter(None, (guard(by, thing) for guard in self.unless)), "")

    def permit(self, by, thing):
        """Raise unless `by` may make this move and no guard stands against it."""
        if not self.who(by, thing):
            raise PermissionDenied(NOT_YOURS)
        if complaint := self.complaint(by, thing):
            raise Refused(complaint)


class Machine:
    """The states a thing can be in, each with its label and facts, and the moves between them."""

    def __init__(self, name, *, states, moves):
        self.name, self.states, self.moves = name, states, moves
        for verb, move in moves.items():
            strange = {*move.sources, move.target} - {*states, "", SAME}
            if strange:
                raise ValueError(f"{name}.{verb} names unknown states: {strange}")

    def __getitem__(self, verb):
        return self.moves[verb]

    def verbs_at(self, place):
        """Return the verbs that have a button at a place, in the table's order."""
        return [verb for verb, move in self.moves.items() if move.label and move.at == place]

    def button(self, verb, complaint=""):
        """Return the button of a verb, greyed out where there is a complaint."""
        move = self.moves[verb]
        return Button(verb, move.label, move.link or move.label, move.tone, move.key, complaint)

    def is_secret(self, verb):
        """Say whether no history tells of this verb."""
        return verb in self.moves and self.moves[verb].secret

    @property
    def choices(self):
        return [(name, state.label) for name, state in self.states.items()]

    def where(self, **facts):
        """Return the states of which all these facts are so: `SUBMISSION.where(accepted=True)`."""
        return where(self.states, **facts)

    def constraint(self, name):
        """Return the database constraint that no row is ever in a state outside the table."""
        return models.CheckConstraint(condition=models.Q(status__in=list(self.states)), name=name)


class Event(models.Model):
    """Who did what, when, from where to where, and why. Concrete tables add a foreign key `related_name="events"`."""

    verb = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    actor_kind = models.CharField(max_length=10)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    guest = models.EmailField(blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        get_latest_by = "pk"

    def __str__(self):
        return f"{self.verb} ({self.at:%Y-%m-%d %H:%M})"

    @classmethod
    def actor_fields(cls, by):
        """Return the fields that say who acted: a user, a guest or a machine."""
        kind = getattr(by, "kind", "user")
        return {
            "actor_kind": kind,
            "actor": by if kind == "user" else None,
            "guest": by.email if kind == "guest" else "",
        }


def _step(move):
    """Return what a move writes into the row it claims; a quiet one locks the row and leaves it as it is."""
    if move.quiet:
        return {"turn": F("turn")}
    target = F("status") if move.stays else move.target
    return {"came_from": F("status"), "status": target, "turn": F("turn") + 1, "moved_at": timezone.now()}


class Moving(models.Model):
    """A thing whose state changes only through the verbs of its `machine`."""

    machine: Machine

    status = models.CharField(max_length=20, editable=False)
    came_from = models.CharField(max_length=20, blank=True, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def state(self):
        """Return the state it is in, with its label and facts."""
        return self.machine.states[self.status]

    @property
    def label(self):
        """Return the state as the desk calls it."""
        return self.state.label

    @classmethod
    @contextmanager
    def making(cls, verb, *, by, note="", detail=None, is_within=False, **fields):
        """Insert a row by a move from "", leave its event and say `moved`; yields the new row for the body."""
        move = cls.machine[verb]
        thing = cls(status=move.target, **fields)
        with transaction.atomic(savepoint=not is_within):  # one that ends with this needs no place to go back to
            move.permit(by, thing)
            insert(thing)
            yield thing
            _tell(thing, verb, by, note, detail)

    @contextmanager
    def moving(self, verb, *, by, note="", seen=None, detail=None, also=None):
        """Make one move in one transaction: claim, refresh, permit, the caller's body, event, signal.

        `seen` is the turn the person saw in the form; where the move stays in its state it decides who
        came first, and defaults to this instance's. `also` are fields that change with the state in the
        claiming statement itself, where a constraint ties them together. Raises IllegalMove when somebody
        else was first, Http404 when `by` may not even know, PermissionDenied, or Refused with a guard's complaint.
        """
        move = self.machine[verb]
        if not move.who(by, self):
            raise PermissionDenied(NOT_YOURS)
        if seen is None and move.stays and not move.quiet:
            seen = self.turn
        try:
            with transaction.atomic():
                _claim(self, verb, by, seen, also or {})
                move.permit(by, self)
                yield self
                _tell(self, verb, by, note, detail)
        except (IllegalMove, Refused, PermissionDenied):
            self.refresh_from_db()
            raise

    @contextmanager
    def as_seen(self, turn, verb):
        """Lock the row while somebody presses `verb` who saw it at this turn; IllegalMove where it has moved since."""
        with transaction.atomic():
            locked = type(self)._base_manager.select_for_update(no_key=True).filter(pk=self.pk, turn=turn)
            if not locked.values_list("pk").first():
                self.refresh_from_db()
                raise IllegalMove(self, verb)
            yield

    def record(self, **fields):
        """Set these fields and save just them."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    def name_of(self, person):
        """Return what the desk calls somebody who acted here."""
        return str(person)


def _claim(thing, verb, by, seen, also):
    move = thing.machine[verb]
    row = type(thing)._base_manager.filter(pk=thing.pk, status__in=move.sources)
    if seen is not None:
        row = row.filter(turn=seen)
    claimed = row.update(**also, **_step(move))
    try:
        thing.refresh_from_db()
    except ObjectDoesNotExist:
        raise Http404 from None
    if not claimed:
        if not move.who(by, thing):
            raise Http404
        raise IllegalMove(thing, verb)


def _tell(thing, verb, by, note, detail):
    event = thing.events.model(
        **{thing.events.field.name: thing},
        verb=verb,
        source=thing.status if thing.machine[verb].quiet else thing.came_from,
        target=thing.status,
        note=note,
        detail=detail or {},
        **Event.actor_fields(by),
    )
    insert(event)
    moved.send(type(thing), thing=thing, event=event)


def may(user, verb, thing):
    """Say whether `verb` is possible for `user` at this moment."""
    move = thing.machine[verb]
    return thing.status in move.sources and move.who(user, thing) and not move.complaint(user, thing)


def buttons_for(user, thing, *, at=""):
    """Return the buttons `user` has on this thing now, in the table's order: those `at` one place, or all."""
    asks = cache(lambda asked: asked(user, thing))  # many moves ask the same of the two
    return [
        thing.machine.button(verb, next(filter(None, map(asks, move.unless)), ""))
        for verb, move in thing.machine.moves.items()
        if move.label and at in ("", move.at) and thing.status in move.sources and asks(move.who)
    ]


def history(thing):
    """Return what happened to a thing, the oldest first, but for what is nobody's business."""
    return [event for event in thing.events.all() if not thing.machine.is_secret(event.verb)]


def last_event(thing):
    """Return what happened last, for the page that tells a latecomer."""
    secret = [verb for verb in thing.machine.moves if thing.machine.is_secret(verb)]
    return thing.events.select_related("actor").exclude(verb__in=secret).last()
