"""Sessions in the database, found by a question whose SQL is written once: every page of somebody signed in asks it."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField

from forum.lib.asked import NOW, Given, asked


class Sessions(db.SessionStore):
    """Finds a session that has not ended; it is sealed as Django's own is, under whichever class it was begun."""

    key_salt = "django.contrib.sessions.SessionStore"

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and "\0" not in key  # PostgreSQL takes no NUL

    def _get_session_from_db(self):
        found = going_on.first(key=self.session_key)
        if found is None:
            self._session_key = None
        return found


@asked
def going_on():
    """Return the session with this key, unless its time is over."""
    return Session.objects.filter(session_key=Given("key", CharField()), expire_date__gt=NOW)


SessionStore = Sessions  # what Django looks for
