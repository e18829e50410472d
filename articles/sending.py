"""A decision and its mail in one transaction, so that what was shown is what is sent.

A personal link in the mail is the one thing that is not shown: it works for whoever holds it.
"""

import hashlib

from django.db import transaction

from articles import mail
from articles.models.private.invitation import masked
from articles.workflow import AUTHOR
from forum.lib.moves import Refused


def send(piece, verb, *, by, said, previewed=""):
    """Make a move and write its mail; refuse where the mail is not the one whose digest was `previewed`."""
    try:
        with transaction.atomic():
            post = _make(piece, verb, by, said)
            _compare(post, previewed)
    except Refused:
        piece.refresh_from_db()
        raise


def preview(piece, verb, *, by, said):
    """Return the mail a move would send, to the letter; the move itself is undone."""
    with transaction.atomic():
        post = _make(piece, verb, by, said)
        transaction.set_rollback(True)
    piece.refresh_from_db()
    post.text, post.html = masked(post.text), masked(post.html)
    return post


def digest(post):
    """Return what tells one mail from every other: all that its reader gets but a link, which is new each time."""
    parts = [post.to, post.subject, post.reply_to, masked(post.text), masked(post.html)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _compare(post, previewed):
    if previewed and previewed != digest(post):
        raise Refused("The mail is no longer the one you were shown. Look at it once more, then send it.")


def _make(piece, verb, by, said):
    getattr(piece, verb)(by=by, **said)
    return mail.tell_about_submission(piece.events.last(), AUTHOR)
