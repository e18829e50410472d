"""The people of the demonstration site."""

from accounts.models import User
from accounts.permissions import Rank

PASSWORD = "around-the-world"  # noqa: S105 (the demonstration runs on loopback only)
DOMAIN = "forum.example"

ACCOUNTS = {
    "reader": ("Rosa Amaral", []),
    "student": ("Jun Paolo Dimaculangan", []),
    "moderator": ("Mina Haddad", [Rank.MODERATOR.group]),
    "editor": ("Edith Vance", [Rank.EDITOR.group]),
    "managing-editor": ("Maggie Okoro", [Rank.MANAGING_EDITOR.group]),
    "administrator": ("Ada Lindqvist", []),
}


def address(key):
    """Return the address of a demonstration account."""
    return f"{key}@{DOMAIN}"


def make_accounts():
    """Register the six accounts one can sign in with, and return them by key."""
    return {
        key: User.objects.register(
            address(key), name, password=PASSWORD, groups=groups, superuser=key == "administrator"
        )
        for key, (name, groups) in ACCOUNTS.items()
    }


def make_writer(key, name):
    """Register somebody who only writes; nobody signs in as her."""
    return User.objects.register(address(key), name)


def lines():
    """Return what to print about the accounts."""
    width = max(len(address(key)) for key in ACCOUNTS)
    roles = [(address(key), name, key.replace("-", " ")) for key, (name, _) in ACCOUNTS.items()]
    return [f"  {email:{width}}  {name}, {role}" for email, name, role in roles]
