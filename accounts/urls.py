from allauth import urls as allauth_urls
from django.urls import URLPattern, URLResolver, include, path

from accounts.views import allauthed, digest, profile, rename, sign_up
from forum.lib.csp import csp_update
from forum.lib.pagecache import never

QR_PICTURE = csp_update({"img-src": ["data:"]})


def dressed(patterns):
    """Return allauth's patterns with every view made a view of this site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            dressed(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and not hasattr(pattern.callback, "cache_class"):
            pattern.callback = never(allauthed(pattern.callback))
            if pattern.name == "mfa_activate_totp":
                pattern.callback = QR_PICTURE(pattern.callback)
    return patterns


urlpatterns = [
    path("", profile, name="profile"),
    path("rename/", rename, name="rename"),
    path("digest/", digest, name="digest"),
    path("signup/", sign_up, name="account_signup"),
    path("", include(dressed(allauth_urls.urlpatterns))),
]
