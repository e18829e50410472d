from django.db import models
from django.utils import timezone

from articles import promises
from forum.lib.moves import Moving, Refused


class Clocked(Moving):
    """Until when something was promised or asked for, and what happens by the passing of time."""

    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    lapses_at = models.DateTimeField(null=True, blank=True, editable=False)
    extended = models.BooleanField(default=False, editable=False)
    remind_at = models.DateTimeField(null=True, blank=True, editable=False)
    apologies = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def promise(self, due, **fields):
        """Promise the author the next step by `due`."""
        self.record(due_at=due, lapses_at=None, remind_at=None, apologies=0, **fields)

    def expect(self, due, **fields):
        """Ask the author for the next step by `due`, with one reminder before."""
        self.record(due_at=due, remind_at=promises.reminder(due), apologies=0, **fields)

    def extend(self, *, by, seen=None):
        """Move the author's date once: when she asks, or by itself when it has passed."""
        with self.moving("extend", by=by, seen=seen):
            due = promises.extension(self.due_at)
            self.expect(due, lapses_at=promises.lapse(due), extended=True)

    def remind(self, *, by):
        """Remind the author of her date, once."""
        with self.moving("remind", by=by):
            self.record(remind_at=None)

    def lapse(self, *, by):
        """Set aside what its author has left lying."""
        with self.moving("lapse", by=by):
            self.record(due_at=None, lapses_at=None, remind_at=None)

    def apologise(self, *, by):
        """Tell the author that a promise was broken, and make a new one."""
        with self.moving("apologise", by=by):
            self.record(due_at=promises.apology(), apologies=self.apologies + 1)

    def postpone(self, *, by, holiday):
        """Move the date for a holiday of the desk that was not known when the date was set."""
        with self.moving("postpone", by=by, detail={"holiday": holiday.pk}):
            if self.events.filter(verb="postpone", detail__holiday=holiday.pk).exists():
                raise Refused("The date was moved for this holiday already.")
            due = promises.postponed(self.due_at, holiday, working_day=not self.is_with_authors)
            if due <= self.due_at:
                raise Refused("The date is not touched by this holiday.")
            if self.status == "with_author":
                self.expect(due, lapses_at=promises.lapse(due))
            elif self.status == "proof":
                self.expect(due)
            else:
                self.record(due_at=due)

    @property
    def due(self):
        """Return the date in words; an author's own ends at an hour, which is said with its zone."""
        return promises.said(self.due_at, exact=self.is_with_authors) if self.due_at else "soon"

    @property
    def lapses(self):
        """Return in words until when a late author can still send her changes."""
        return promises.said(self.lapses_at, exact=True)

    @property
    def is_late(self):
        """Whether the date has passed."""
        return bool(self.due_at and self.due_at <= timezone.now())
