"""Names that nobody may take: those of the house, of its offices and of the people at the desk.

Names are compared by how they look (`forum/lib/text/lookalikes.py`). Who bears a name already keeps it; what an
administrator types into somebody's page stands (docs/decisions/whose-a-name-is.md).
"""

import re
from functools import lru_cache

from django.contrib.auth import get_user_model

from forum.lib.text.lookalikes import look, looks, unreadable
from forum.pages.models import SiteSettings

MARKS = [
    *("editor", "editors", "editorial", "moderator", "moderators", "moderation", "webmaster", "author"),
    *("administrator", "administrators", "administration", "admin", "admins"),
]
OFFICES = [*MARKS, "staff", "forum", "magazine"]
BESIDE = [
    *("the", "of", "in", "and", "chief", "managing", "deputy", "senior", "official", "this", "piece", "your"),
    *("team", "desk", "board", "group", "office", "our", "site"),
]

WORDS = re.compile(r"[\W_]+")
DIGITS = re.compile(r"\d+")
APART = re.compile(r"[\W_\d]+|(?<=[a-z])(?=[A-Z])")  # Editor2 and AnneEditor have a word for what somebody is here
SHORTEST = 3  # letters of the site's initials that stand for it
TAKEN = (
    "The editors, or somebody at the desk, go by this name here, or it says what somebody is here. Take another, or "
    "add what tells you apart. If it is your own name, write to the editors; they can give it to you."
)


def complaint(name, person=None, *, already=""):
    """Return why this person, or a stranger, may not take a name, or ""; what she is called `already` is hers."""
    mine = {getattr(person, "name", ""), already} - {""}
    if unfit := unreadable(name):
        return unfit
    if any(alike(name, other) for other in mine):
        return ""
    return TAKEN if is_of_the_house(name) or borne_at_the_desk(name, person) else ""


def free(name, person=None):
    """Return this name, or "" where it may not be taken."""
    return "" if complaint(name, person) else name


def alike(one, other):
    """Say whether two names look the same at a glance."""
    return not looks(one).isdisjoint(looks(other))


def is_of_the_house(name):
    """Say whether a name is the site's or an office's, or carries a word that says what somebody is here."""
    site = SiteSettings.get().name
    house = _house(site)
    words = {found for word in [*WORDS.split(name), *APART.split(name)] for found in looks(word)}
    is_house = any(house.fullmatch(found) for found in looks(name) | looks(DIGITS.sub("", name)))
    return is_house or not words.isdisjoint(map(look, MARKS))


def borne_at_the_desk(name, person=None):
    """Say whether somebody else at the desk goes by a name."""
    others = get_user_model().objects.at_the_desk().exclude(pk=getattr(person, "pk", None))
    bare = DIGITS.sub("", name)
    return any(alike(name, other) or alike(bare, other) for other in others.values_list("name", flat=True))


@lru_cache(maxsize=4)
def _house(site):
    initials = "".join(word[0] for word in site.split())
    named = {found for name in (site, initials if len(initials) >= SHORTEST else "") for found in looks(name)}
    offices = "|".join(sorted(map(re.escape, {*map(look, OFFICES), *named}), key=len, reverse=True))
    beside = "|".join(map(look, BESIDE))
    return re.compile(rf"(?:{beside})*(?:(?:{offices})(?:{beside})*)+")
