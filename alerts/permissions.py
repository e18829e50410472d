"""Who may do what on the mailing list."""

from accounts.permissions import is_administrator, is_managing_editor
from forum.lib.moves import Guest


def is_somebody(by, subscriber):
    """Anybody may ask for mail to an address; nothing more comes of it until its holder confirms."""
    return isinstance(by, Guest)


def holds_the_link(by, subscriber):
    """Whoever opened the link we mailed to the address speaks for it."""
    return isinstance(by, Guest) and by.confirmed and by.email == subscriber.email


def may_see_the_list(user, thing=None):
    """Managing editors and the administrator see who is on the list."""
    return is_managing_editor(user) or is_administrator(user)
