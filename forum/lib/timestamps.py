"""Moments as the databases write them, read by Python's own clockwork; else it takes ten times as long."""

from datetime import UTC, datetime

from psycopg.types.datetime import TimestamptzLoader


class MomentLoader(TimestamptzLoader):
    """Reads "2026-11-30 09:00:00.5+00"; what is no such moment is refused as ever."""

    timezone = UTC  # Django asks for it

    def load(self, data):
        """Return the moment in UTC."""
        try:
            return datetime.fromisoformat(str(data, "ascii")).astimezone(UTC)
        except ValueError:
            return super().load(data).replace(tzinfo=UTC)


def moment(written):
    """Return a moment from how SQLite keeps it, without a zone."""
    return datetime.fromisoformat(written.decode()).replace(tzinfo=UTC)


def told(written):
    """Return a moment from how it stands in JSON that a database wrote: SQLite's has no zone, and is in UTC."""
    at = datetime.fromisoformat(written)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def read(connection, **kwargs):
    """Let a new connection read moments so."""
    if connection.vendor == "postgresql":
        connection.connection.adapters.register_loader("timestamptz", MomentLoader)
    else:
        connection.Database.register_converter("datetime", moment)
