"""The buttons with which moderators decide."""

from dataclasses import dataclass

from comments.workflow import COMMENT, TAKEN_AWAY

TONES = {"approve": "", "keep": "", "remove": "danger", "mark_spam": "danger"}
KEYS = {"approve": "a", "keep": "a", "restore": "a", "hide": "h", "remove": "r"}
NEEDY = set(TAKEN_AWAY) - {"mark_spam"}


@dataclass(frozen=True)
class Button:
    """One decision: its verb, its words, how it looks, its key, and whether it needs a rule and a reason."""

    verb: str
    label: str
    tone: str
    key: str
    is_needy: bool

    @classmethod
    def of(cls, verb, *, has_key=True):
        """Return the button of one verb of a comment."""
        key = KEYS.get(verb, "") if has_key else ""
        return cls(verb, COMMENT[verb].label, TONES.get(verb, "quiet"), key, verb in NEEDY)


def buttons_for(user, comment):
    """Return what this moderator can decide about a comment now; what was decided for good has no key."""
    verbs = [verb.name for verb in comment.verbs_for(user) if not verb.complaint]
    return [Button.of(verb, has_key=not comment.state.gone) for verb in verbs]
