"""Who may decide on a piece, and who may let it go to print."""

from accounts.models import User
from forum.lib.text.characters import name_words
from forum.lib.ties import asked_once, is_conflicted, people_too_close
from forum.pages.models import SiteSettings

ACCEPTING = ("accept", "commission")


def eligible_editors(piece):
    """Return the editors who are not too close to this piece, by name."""
    return User.objects.editors().exclude(pk__in=people_too_close(piece)).order_by("name")


def eligible_publishers(piece):
    """Return the managing editors who are not too close to this piece."""
    return User.objects.managing_editors().exclude(pk__in=people_too_close(piece))


def other_publishers(piece, user):
    """Return who could publish this piece beside this person."""
    return eligible_publishers(piece).exclude(pk=getattr(user, "pk", None))


def is_written_by(user, piece):
    """Say whether this person sent the piece in, or is bylined on what was sent in."""
    return type(piece).objects.by_author(user).filter(pk=piece.pk).exists()


def was_accepted_by(user, piece):
    """Say whether this person accepted the piece, the last time it was accepted, or commissioned it."""
    accepted = [event.actor_id for event in piece.events.all() if event.verb in ACCEPTING]
    return isinstance(user, User) and accepted[-1:] == [user.pk]


def is_published_by_another():
    """Say whether it is the rule of the house that whoever accepts a piece does not publish it."""
    return SiteSettings.get().publisher_is_not_accepter


def asks_who_is(user, piece):
    """Say whether somebody of this person's name wrote this piece, and nobody knows yet who that is."""
    hers = name_words(user.name)
    if not hers or hers not in asked_once(user, ("names", piece.pk), lambda: _names(piece)):
        return False
    said = {*piece.events.filter(actor=user).values_list("verb", flat=True)}
    return not said & {"tell_apart", "refuse"} and not is_conflicted(user, piece)


def _names(piece):
    rows = type(piece).objects.filter(pk=piece.pk).values_list("corresponding_author__name", "bylines__name")
    return {name_words(name) for row in rows for name in row if name}


def is_with_guest(user, piece):
    """Say whether this person was asked as a guest to decide on this piece, and has it now."""
    return piece.guest_id is not None and piece.guest_id == piece.editor_id == getattr(user, "pk", None)


def is_clerk(user, piece):
    """Say whether this person, though too close, sees to the printing of what a guest has accepted."""
    is_accepted = piece.guest_id is not None and piece.state.accepted
    return is_accepted and piece.guest_id != user.pk == piece.editor_id


def stays_out(user, piece):
    """Say whether this person may have no hand in this piece: in conflict, and not its clerk."""
    return is_conflicted(user, piece) and not is_clerk(user, piece)


def found_clerk(piece):
    """Return who sees to the printing of what a guest accepted: the one least close to it."""
    leaders = User.objects.managing_editors().order_by("pk")
    asked = leaders.filter(pk=piece.events.filter(verb="ask_guest").last().actor_id)
    return eligible_publishers(piece).first() or asked.first() or leaders.first() or piece.editor
