"""Not too often: so many tickets per person and period, taken one by one from the shared cache.

Each ticket is one cache key taken with `add`, which only one caller can do, and comes back by itself when
its period is over. The key names the period, so that none is taken again just when it runs out. `settings.THROTTLES`
holds the limits: scope → (limit, seconds).
"""

import math
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

FIRST = 4  # tickets that are looked for before all others: most people hold no more


class TooMany(Exception):
    """All tickets are taken; `retry_after` seconds from now one comes back."""

    def __init__(self, retry_after):
        self.retry_after = max(1, math.ceil(retry_after))
        self.until = timezone.now() + timedelta(seconds=self.retry_after)
        super().__init__(f"Too many; again in {self.retry_after} s.")

    @property
    def when(self):
        """Return when to try again, in words; no period is longer than a day."""
        at = timezone.localtime(self.until)
        return f"{'' if at.date() == timezone.localdate() else 'tomorrow '}at {at:%H:%M} ({at:%Z})"


def note(request, refusal):
    """Let the page that says beside a field what was too often be a 429 that says when to try again."""
    request.too_many = refusal


class Busy(Exception):
    """No ticket could be taken, although there are some: the cache keeps nothing at the moment."""


def allow(scope, who, *, limit=None, period=None):
    """Take a ticket for `who` (an address, an account, a `prefix`) or raise TooMany, or Busy."""
    if limit is None:
        limit, period = settings.THROTTLES[scope]
    now, held = timezone.now().timestamp(), {}
    name = f"throttle:{scope}:{_hidden(who)}"
    for tickets in filter(None, (range(limit)[:FIRST], range(limit)[FIRST:])):
        here, before = (_keys(name, int(now // period) - back, tickets) for back in (0, 1))
        held |= {key: until for key, until in cache.get_many([*here, *before]).items() if until > now}
        for key, earlier in zip(here, before, strict=True):
            if key in held or earlier in held:
                continue
            if cache.add(key, now + period, period):
                return
            if cache.get(key) is None:  # nobody else took it; each further try would wait as long for the database
                raise Busy
    raise TooMany(min(held.values(), default=now + period) - now)


def _keys(name, number, tickets):
    return [f"{name}:{number}:{ticket}" for ticket in tickets]


def prefix(request):
    """The client's network as a keyed hash: /24 of an IPv4 address, /48 of an IPv6 address."""
    try:
        address = ip_address(_client(request))
    except ValueError:
        return _hidden("unknown")
    address = getattr(address, "ipv4_mapped", None) or address
    size = 24 if address.version == 4 else 48
    return _hidden(str(ip_network(f"{address}/{size}", strict=False)))


def _client(request):
    remote = request.META.get("REMOTE_ADDR", "")
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    return said[-trusted] if trusted and len(said) >= trusted else remote


def _hidden(who):
    return salted_hmac("forum.throttle", str(who).casefold(), algorithm="sha256").hexdigest()[:32]
