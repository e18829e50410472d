import json
from dataclasses import dataclass

from django.db import models
from django.utils.safestring import SafeString

from articles.models.question import Question
from forum.lib.spelled import spelled

NAMES = {
    "body": "Text",
    "bylines": "Authors and biographies",
    "connection": "Connection to the region",
    "perspective": "The author’s label",
    "pictures": "Pictures",
    "printed": "Printed declarations",
    "stance": "Questions and answers",
}


@dataclass(frozen=True)
class Deviation:
    """One field that is not as it was approved: its name, and the changed characters."""

    name: str
    html: SafeString


class Approved(models.Model):
    """What was approved, beside what is there now."""

    class Meta:
        abstract = True

    def unapproved(self):
        """Return, field by field, what differs from the text approved last; nothing where none was."""
        kept = [sign_off for sign_off in self.sign_offs.all() if sign_off.content]
        if self.status not in ("accepted", "proof", "ready") or not kept:
            return []
        before, now = kept[-1].content, json.loads(json.dumps(self.content()))
        return [
            Deviation(_name(field), spelled(*_spoken(field, before.get(field), now.get(field))))
            for field in sorted({*before, *now})
            if before.get(field) != now.get(field)
        ]


def _name(field):
    return NAMES.get(field, field.replace("_", " ").capitalize())


def _spoken(field, *values):
    """Return both values as lines to be read; where that would hide what differs, as they are stored."""
    if field == "stance":
        values = [_answers(value) for value in values]
    spoken = [_lines(value) for value in values]
    return spoken if spoken[0] != spoken[1] else [json.dumps(value, ensure_ascii=False) for value in values]


def _answers(pairs):
    titles = {question.pk: question.title for question in Question.objects.all()} if pairs else {}
    return [[titles.get(key, "A question that is gone"), stance] for key, stance in pairs or []]


def _lines(value):
    if isinstance(value, list):
        return "\n".join(" · ".join(map(str, row)) if isinstance(row, list) else str(row) for row in value)
    return "" if value is None else str(value)
