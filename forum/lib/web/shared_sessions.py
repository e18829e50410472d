"""Sessions that are read from Redis and stand in the database, so that a draft without an account outlives Redis."""

from django.conf import settings
from django.contrib.sessions.backends import cached_db, db

from forum.lib.cache import Away
from forum.lib.web.sessions import Sessions


class SharedSessions(Sessions, cached_db.SessionStore):
    """Keeps in Redis what stands in the database, in the same form: an object may know more, a sealed code its digits.

    What ended stays ended, whoever was just keeping it. While Redis is away sessions are read from the database; who
    changes one then is told to try again, for Redis remembers it as it was.
    """

    def load(self):
        try:
            kept = self._cache.get_many([self.cache_key, _end_of(self.session_key)])
            if _end_of(self.session_key) in kept:
                return {}
            if self.cache_key in kept:
                return self.decode(kept[self.cache_key])
            if found := self._get_session_from_db():
                self._keep(found.session_data, self.get_expiry_age(expiry=found.expire_date))
                return self.decode(found.session_data)
        except Away:
            return db.SessionStore.load(self)
        return {}

    def save(self, must_create=False):  # noqa: FBT002 - Django's own words
        db.SessionStore.save(self, must_create)
        self._keep(self.encode(self._get_session(no_load=must_create)), self.get_expiry_age())

    def delete(self, session_key=None):
        if ended := session_key or self.session_key:
            self._cache.set(_end_of(ended), 1, settings.SESSION_COOKIE_AGE)
        super().delete(session_key)

    def _keep(self, text, seconds):
        self._cache.set(self.cache_key, text, seconds)


SessionStore = SharedSessions  # what Django looks for


def _end_of(session_key):
    return f"session-ended:{session_key}"
