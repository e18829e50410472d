"""Who counts as what. Ranks are cumulative; the administrator alone has none of them."""

from enum import IntEnum


class Rank(IntEnum):
    """How far somebody's editorial powers reach."""

    NONE = 0
    MODERATOR = 1
    EDITOR = 2
    MANAGING_EDITOR = 3

    @property
    def group(self):
        """Return the name of the group that gives this rank."""
        return self.name.lower().replace("_", " ")

    @classmethod
    def groups(cls):
        """Return the names of all groups, lowest rank first."""
        return [rank.group for rank in cls if rank]

    @classmethod
    def highest(cls, groups):
        """Return the highest rank that one of these groups gives."""
        return max((rank for rank in cls if rank.group in groups), default=cls.NONE)


def office(rank, *, is_administrator):
    """Return what somebody is here, in the word that readers know; "" for a reader."""
    if rank >= Rank.EDITOR:
        return "Editor"
    return "Moderator" if rank >= Rank.MODERATOR else "Administrator" if is_administrator else ""


def is_moderator(user, thing=None):
    """Say whether `user` may moderate: a moderator, an editor or a managing editor."""
    return getattr(user, "rank", Rank.NONE) >= Rank.MODERATOR


def is_editor(user, thing=None):
    """Say whether `user` may edit: an editor or a managing editor."""
    return getattr(user, "rank", Rank.NONE) >= Rank.EDITOR


def is_managing_editor(user, thing=None):
    """Say whether `user` leads the desk."""
    return getattr(user, "rank", Rank.NONE) >= Rank.MANAGING_EDITOR


def is_administrator(user, thing=None):
    """Say whether `user` manages people and settings; that gives no editorial verb."""
    return getattr(user, "is_superuser", False) and user.is_active
