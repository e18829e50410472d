"""The part of a submission, a revision, an upload and an edition that is the text."""

from functools import cached_property

from django.db import models

from forum.lib.diff.changes import Comparison
from forum.lib.text.prose import (
    BodyField,
    FinishedField,
    clean,
    count_words,
    normalise,
    render,
)


class StaleText(Exception):
    """Somebody else saved the text first; carries the row as it is now."""

    def __init__(self, current):
        self.current = current
        super().__init__("Somebody else changed this text while you were writing.")


def written(text, pictures=None):
    """Return the fields of a `Text` with what is shown made from what was written; what is left out is empty."""
    title, standfirst, body = (text.get(name, "") for name in Text.TEXT)
    body = clean(body)
    return {
        "title": normalise(title),
        "standfirst": normalise(standfirst),
        "body": body,
        "html": render(body, pictures),
        "words": count_words(body),
    }


class Text(models.Model):
    """Title, standfirst and body. The HTML that is shown is made when the text is written, never when read."""

    title = models.CharField(max_length=200, blank=True)
    standfirst = models.CharField(max_length=400, blank=True)
    body = BodyField(blank=True)
    html = FinishedField(blank=True, editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)

    TEXT = ["title", "standfirst", "body"]

    class Meta:
        abstract = True

    def text(self):
        """Return what was written, for a copy of it."""
        return {name: getattr(self, name) for name in self.TEXT}

    def set_text(self, *, pictures=None, **text):
        """Set what was written and make from it what is shown; saves nothing."""
        for name, value in {**text, **written({**self.text(), **text}, pictures)}.items():
            setattr(self, name, value)


class Difference:
    """What changed between two texts: title, standfirst and body, the changes numbered through all three."""

    NAMES = {"title": "Title", "standfirst": "Standfirst", "body": "Text"}

    def __init__(self, old, new):
        self.old, self.new, self.parts, first = old, new, {}, 1
        for name in Text.TEXT:
            compare = Comparison.of_bodies if name == "body" else Comparison.of_lines
            self.parts[name] = compare(old[name], new[name], first)
            first += len(self.parts[name].stretches)

    @cached_property
    def changes(self):
        """Return every change with the name of the part it stands in."""
        return [(self.NAMES[name], change) for name, part in self.parts.items() for change in part.changes()]

    @property
    def places(self):
        """Return in how many places they differ."""
        return len(self.changes)

    @cached_property
    def added(self):
        """Return how many words were added."""
        return sum(change.added for _, change in self.changes)

    @cached_property
    def removed(self):
        """Return how many words were removed."""
        return sum(change.removed for _, change in self.changes)

    @property
    def is_hidden(self):
        """Say whether the texts differ in nothing that is shown, such as a space."""
        return not self.changes and self.old != self.new

    @property
    def marked(self):
        """Return each part as it is now, with what was added and removed."""
        return {name: part.marked for name, part in self.parts.items()}

    def without(self, left):
        """Return the new text with the changes numbered in `left` undone."""
        if not left:
            return self.new
        if left >= {change.number for _, change in self.changes}:
            return self.old
        lines = {name: self.parts[name].line(left) for name in ("title", "standfirst")}
        return {**lines, "body": clean(self.parts["body"].html(left))}
