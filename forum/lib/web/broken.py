"""What is said when the site itself is at fault: 503 where the database or the disk fails it, and else 500.

Neither page asks anything of the database.
"""

import secrets

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.loader import get_template

from forum.lib.cache import Away
from forum.lib.storage import FULL, NO_FILES, NO_ROOM, NO_STORE, NotStored
from forum.lib.web.stored import Account, code_of
from forum.lib.web.throttle import Busy

A_MINUTE = 60
AWAY = "Our database does not answer at the moment."
BUSY = "Too much was going on here at once."
UNWRITTEN = "Nothing could be written down here at the moment."  # a cache in front of the cause
SQLITE_BUG, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL = 1, 5, 6, 13
SAID = {SQLITE_FULL: FULL, SQLITE_BUSY: BUSY, SQLITE_LOCKED: BUSY, "53100": FULL}
BUSY_CODES = ("40", "53", "55P03", "57014")  # PostgreSQL's names for too much at once
READ_ONLY = ("25006", "25P03")  # a database that is being moved, and a transaction that took too long


def is_outage(trouble):
    """Say whether the database or the disk failed the site, as far from a mistake of its own."""
    if isinstance(trouble, OSError):
        return isinstance(trouble, NotStored) or trouble.errno in NO_ROOM | NO_STORE
    code = code_of(trouble)
    if isinstance(trouble, DatabaseError) and code in READ_ONLY:
        return True
    is_bug = isinstance(code, int) and code & 0xFF == SQLITE_BUG
    return isinstance(trouble, OperationalError | InterfaceError | Busy | Away) and not is_bug


def cause(trouble):
    """Return in one sentence what failed."""
    if isinstance(trouble, OSError):
        return FULL if trouble.errno in NO_ROOM else NO_FILES
    code = code_of(trouble)
    if isinstance(code, int):
        return SAID.get(code & 0xFF, AWAY)
    if isinstance(trouble, Busy | Away):
        return UNWRITTEN
    return SAID.get(code) or (BUSY if (code or "").startswith(BUSY_CODES) else AWAY)


def away(request, trouble, context):
    """503, with what was sent, the button to send it again, and whether anything was stored."""
    account = _account(request)
    known = account.trouble if isinstance(trouble, Busy) and account.trouble else trouble
    context |= {"cause": cause(known), "here": request.get_full_path(), **_stored(request, trouble)}
    request.trouble = f" ({type(known).__name__}: {' '.join(str(known).split())})"
    return _answer(request, "503.html", context, 503, {"Retry-After": str(A_MINUTE)})


def broken(request, trouble, context):
    """500, with a number that a reader can tell us and the log names too, and whether anything was stored."""
    number = "-".join([secrets.token_hex(2), secrets.token_hex(2)])
    request.trouble = f" [{number}]"
    return _answer(request, "500.html", context | _stored(request, trouble) | {"number": number}, 500, {})


def _account(request):
    return getattr(request, "account", None) or Account()


def _stored(request, trouble):
    return {"was_sent": request.method == "POST", "nothing_stored": _account(request).has_nothing_of(trouble)}


def _answer(request, page, context, status, headers):
    """As a page, or for a script as one sentence."""
    headers |= {"Cache-Control": "no-store"}
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        said = " ".join(get_template(page.replace(".html", ".txt")).render(context).split())
        return JsonResponse({"message": said}, status=status, headers=headers)
    return HttpResponse(get_template(page).render(context), status=status, headers=headers)


def with_trouble(record):
    """Let a line of the log say what the page said: the number of a 500, the cause of a 503."""
    record.trouble = getattr(getattr(record, "request", None), "trouble", "")
    if record.trouble and getattr(record, "status_code", 0) == 503:
        record.exc_info = None  # an outage is no mistake in the code, and every request of it would print one
    return True
