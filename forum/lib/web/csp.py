"""Content-Security-Policy with Django 6's names; goes when the project moves to 6.2.

`SECURE_CSP` maps directives to lists of sources. `NONCE` in a list becomes a nonce if the page used one
(`{{ request.csp_nonce }}`), and vanishes otherwise. `csp_update` adds sources for one view.
"""

import secrets
from functools import wraps

from django.conf import settings

NONCE = "<CSP_NONCE_SENTINEL>"


class LazyNonce:
    """A nonce made when it is first written into the page."""

    def __init__(self):
        self.value = ""

    def __str__(self):
        self.value = self.value or secrets.token_urlsafe(16)
        return self.value

    def __bool__(self):
        return bool(self.value)


class ContentSecurityPolicy:
    """Sends the policy with every response."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.csp_nonce = LazyNonce()
        response = self.get_response(request)
        policy = getattr(response, "_csp_config", settings.SECURE_CSP)
        response.headers.setdefault("Content-Security-Policy", build(policy, request.csp_nonce))
        return response


def build(policy, nonce):
    """Write a policy as a header, with the nonce only where it was used."""
    written = f"'nonce-{nonce}'" if nonce else ""
    parts = []
    for directive, sources in policy.items():
        said = [written if source == NONCE else source for source in sources]
        parts.append(" ".join([directive, *filter(None, said)]))
    return "; ".join(parts)


def csp_update(extra):
    """Decorate a view whose pages need more than the site's policy: `csp_update({"img-src": ["data:"]})`."""

    def decorator(view):
        @wraps(view)
        def updated(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            policy = getattr(response, "_csp_config", settings.SECURE_CSP)
            response._csp_config = {**policy, **{name: [*policy.get(name, []), *more] for name, more in extra.items()}}
            return response

        return updated

    return decorator


def editor(view):
    """Decorate a view that shows the rich text editor: its import map's nonce and its one injected style."""
    return csp_update(settings.EDITOR_CSP)(view)
