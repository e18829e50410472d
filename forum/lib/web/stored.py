"""Whether a request has stored anything yet, and that it waits for a busy database once and not again and again."""

import re

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

CHANGES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
WAITS = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|BEGIN|SELECT\b.*\bFOR (?:NO KEY )?UPDATE)\b", re.IGNORECASE | re.DOTALL)
LOCKED = {"55P03", "57014", "40P01"}  # PostgreSQL's names for waiting too long, and for two who wait for each other
CUT_OFF = ("08", "57P")  # PostgreSQL's names for a connection that ended before the answer came
SQLITE_BUSY, SQLITE_LOCKED = 5, 6


class Account:
    """What one request has done to the database so far; it hears of every statement."""

    def __init__(self):
        self.trouble = None
        self.is_stored = self.is_pending = self.is_unsure = self.has_waited = False

    def __call__(self, execute, sql, params, many, context):
        if self.has_waited and WAITS.match(sql):
            raise self.trouble
        change = CHANGES.match(sql)
        is_kept = change and change[1] not in ("django_session", settings.CACHES["default"].get("LOCATION"))
        try:
            done = execute(sql, params, many, context)
        except OperationalError as trouble:
            self._note(trouble, may_be_stored=is_kept and not connection.in_atomic_block)
            raise
        if is_kept:
            self.is_pending = True
            transaction.on_commit(self._settle)
        return done

    def _settle(self):
        self.is_stored, self.is_pending = True, False

    def _note(self, trouble, *, may_be_stored):
        self.trouble = trouble
        self.has_waited = _waited(trouble)
        self.is_unsure = bool(may_be_stored) and not was_answered(trouble)

    def has_nothing_of(self, trouble):
        """Say whether it is certain that nothing was stored, this being what ended the request."""
        is_lost = self.is_pending and trouble is not self.trouble and not was_answered(trouble)  # a commit, or nothing
        return not (self.is_stored or self.is_unsure or is_lost)


class Accounts:
    """Opens an account for each request, as `request.account`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.account = Account()
        with connection.execute_wrapper(request.account):
            return self.get_response(request)


def code_of(trouble):
    """Return what the database calls an error: PostgreSQL's five letters, SQLite's number, or None."""
    cause = getattr(trouble, "__cause__", None)
    return getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorcode", None)


def was_answered(trouble):
    """Say whether the database itself said no, so that it has undone what was not committed."""
    code = code_of(trouble)
    if not isinstance(trouble, OperationalError | InterfaceError):
        return True  # our own code stopped, and the transaction was rolled back
    return isinstance(code, int) or (code is not None and not code.startswith(CUT_OFF))


def _waited(trouble):
    code = code_of(trouble)
    return code in LOCKED or (isinstance(code, int) and code & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED))
