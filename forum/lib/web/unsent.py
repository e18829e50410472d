"""What could not be sent because its writer had been signed out: once she has signed in, it is in its form again.

The words lie in the cache for an hour, under a key that nothing but the session of this browser knows; whoever signs
out forgets it.
"""

import re
import secrets
from urllib.parse import urlsplit

from django.core.cache import cache
from django.template.loader import render_to_string

from forum.lib.web.filling import filled
from forum.lib.web.throttle import Busy, allow, prefix
from forum.lib.web.typed import had_files, known, sent

AN_HOUR = 60 * 60
UNSENT = "unsent"
MOST = 5  # forms a browser waits with


def keep(request, page):
    """Keep what was posted, for the form that stands at `page`; raises TooMany, or Busy."""
    allow("unsent_prefix", prefix(request))
    said, labels = {}, {}
    for field in sent(request):
        said.setdefault(field.name, []).append(field.text)
        labels[field.name] = field.label
    key = f"unsent:{secrets.token_urlsafe(24)}"
    if not cache.add(key, {"said": said, "labels": labels, "had_files": had_files(request)}, AN_HOUR):
        raise Busy
    waiting = {**request.session.get(UNSENT, {}), page: [key, request.path]}
    request.session[UNSENT] = dict([*waiting.items()][-MOST:])


def let_go(request):
    """Forget what waits for the form that has now been sent by somebody who is signed in."""
    waiting = request.session.get(UNSENT, {})
    came_from = urlsplit(request.headers.get("Referer", "")).path
    here = {request.path, came_from}
    gone = {page: key for page, (key, action) in waiting.items() if here & {action, urlsplit(page).path}}
    if gone:
        cache.delete_many(gone.values())
        request.session[UNSENT] = {page: kept for page, kept in waiting.items() if page not in gone}


def waiting(request):
    """Return what waits for the form at this address, or None."""
    key, _ = request.session.get(UNSENT, {}).get(request.get_full_path(), ("", ""))
    return cache.get(key) if key else None


def fill(page, kept):
    """Return a page with what was kept in its form, or None where it has no such form."""
    words = {field.name for field in texts(kept)}
    return filled(page, kept["said"], words, lambda names: _notice(kept, names))


def as_it_is(request):
    """Return the address of this page without what waits for it."""
    here = request.get_full_path()
    return f"{here}{'&' if '?' in here else '?'}now=1"


def texts(kept, but=()):
    """Return the texts among the fields that were kept, except those named in `but`."""
    names, labels = known(), {re.escape(name): label for name, label in kept["labels"].items()}
    told = [names.told(name, text, labels) for name, several in kept["said"].items() for text in several]
    return [field for field in told if field.is_text and field.name not in but]


def _notice(kept, names):
    context = {"typed": texts(kept, names), "had_files": kept["had_files"]}
    return render_to_string("refused/_unsent.html", context)
