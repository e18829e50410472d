"""What changed between two texts, part by part, word by word."""

from forum.lib import diff
from forum.lib.text import paragraphs


def differences(before, after):
    """Return what changed between two texts, part by part."""
    added, removed = diff.summary(_whole(before), _whole(after))
    return {
        "title_change": diff.compare(paragraphs(before.title), paragraphs(after.title)),
        "standfirst_change": diff.compare(paragraphs(before.standfirst), paragraphs(after.standfirst)),
        "body_change": diff.compare(before.body, after.body),
        "added": added,
        "removed": removed,
    }


def _whole(text):
    return paragraphs(text.title) + paragraphs(text.standfirst) + text.body
