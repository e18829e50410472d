"""Two people press at once: real threads, each with its own connection, released by one barrier."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from forum.lib.moves import IllegalMove, Refused

LATE = (IllegalMove, Refused, PermissionDenied, Http404)


def together(*presses):
    """Run each of `presses` in its own thread at once; return what each came to, a refusal as itself."""
    barrier = Barrier(len(presses))

    def run(press):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return press()
        except LATE as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, press) for press in presses]]


def refused(outcomes):
    """Return the outcomes that came too late."""
    return [outcome for outcome in outcomes if isinstance(outcome, LATE)]
