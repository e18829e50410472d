"""Sessions that are read from Redis and stand in the database, so that a draft without an account outlives Redis."""

from django.contrib.sessions.backends import cached_db, db

from forum.lib.cache import Away


class SessionStore(cached_db.SessionStore):
    """Reads from the database while Redis is away; who signs out then is told to try again, for Redis remembers her."""

    def load(self):
        try:
            return super().load()
        except Away:
            return db.SessionStore.load(self)
