"""What changed between two texts, part by part, word by word."""

from forum.lib.diff.compare import compare, summary
from forum.lib.text.prose import paragraphs


def differences(before, after):
    """Return what changed between two texts, part by part."""
    added, removed = summary(_whole(before), _whole(after))
    return {
        "title_change": compare(paragraphs(before.title), paragraphs(after.title)),
        "standfirst_change": compare(paragraphs(before.standfirst), paragraphs(after.standfirst)),
        "body_change": compare(before.body, after.body),
        "added": added,
        "removed": removed,
    }


def _whole(text):
    return paragraphs(text.title) + paragraphs(text.standfirst) + text.body
