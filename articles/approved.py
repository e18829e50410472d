"""What was approved, or read in an earlier proof, beside what is there now."""

import json
from dataclasses import dataclass

from django.utils.safestring import SafeString

from articles.models.public.question import Question
from articles.models.public.text import Difference, Text
from articles.signing import content_of
from forum.lib.diff.spelled import spelled

READ = ("sign_off", "co_sign", "request_correction")
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


class Since:
    """What changed since an earlier proof: when that was sent, the changes of the text, and the rest field by field."""

    def __init__(self, at, before, now, *, is_approved):
        self.at, self.is_approved = at, is_approved
        self.change = Difference(*({name: content[name] for name in Text.TEXT} for content in (before, now)))
        self.beside = _deviations(before, now, but=Text.TEXT)


def unapproved(piece):
    """Return, field by field, what differs from the text approved last; nothing where none was."""
    kept = [sign_off for sign_off in piece.sign_offs.all() if sign_off.content]
    if not (piece.state.under_way and piece.state.accepted and kept):
        return []
    return _deviations(kept[-1].content, content_of(piece))


def since_read_by(piece, person):
    """Return what changed since the proof this person read last: the one she approved or had corrected last.

    Where we know of none, it is the one she was asked to read before this one. None where this is her first.
    """
    events = [event for event in piece.events.all() if event.verb in (*READ, "send_proof")]
    asked = [event for event in events if event.verb == "send_proof" and person.pk in event.detail.get("asks", [])]
    if piece.status != "proof" or len(asked) < 2:
        return None
    read = [event for event in events if event.verb in READ and event.actor_id == person.pk]
    proof = ([event for event in asked[:-1] if read and event.at < read[-1].at] or asked[:-1])[-1]
    text = piece.revisions.get(number=proof.detail["proof"]).text()
    before = {**text, **proof.detail["beside"]}
    return Since(proof.at, before, content_of(piece), is_approved=_approved(proof, read))


def _approved(proof, read):
    return bool(read) and read[-1].at > proof.at and read[-1].verb != "request_correction"


def _deviations(before, now, but=()):
    """Return field by field what differs between two contents, `but` some fields."""
    now = json.loads(json.dumps(now))
    return [
        Deviation(_name(field), spelled(*_spoken(field, before.get(field), now.get(field))))
        for field in sorted({*before, *now} - {*but})
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
