"""Not too often: so many tickets per person and period, taken one by one from the shared cache.

Each ticket is one cache key taken with `add`, which only one caller can do, and comes back by itself when
its period is over. `settings.THROTTLES` holds the limits: scope → (limit, seconds).
"""

import math
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac


class TooMany(Exception):
    """All tickets are taken; `retry_after` seconds from now one comes back."""

    def __init__(self, retry_after):
        self.retry_after = max(1, math.ceil(retry_after))
        self.until = timezone.now() + timedelta(seconds=self.retry_after)
        super().__init__(f"Too many; again in {self.retry_after} s.")


def allow(scope, who, *, limit=None, period=None):
    """Take a ticket for `who` (an address, an account, a `prefix`) or raise TooMany."""
    if limit is None:
        limit, period = settings.THROTTLES[scope]
    keys = [f"throttle:{scope}:{_hidden(who)}:{slot}" for slot in range(limit)]
    taken = cache.get_many(keys)
    now = timezone.now().timestamp()
    for key in keys:
        if key not in taken and cache.add(key, now + period, period):
            return
    raise TooMany(min(taken.values(), default=now + period) - now)


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
