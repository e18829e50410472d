from allauth import urls as allauth_urls
from django.urls import URLPattern, URLResolver, include, path

from accounts.entrance import InOurWords
from accounts.views import (
    AddressCode,
    PasswordCode,
    SignInCode,
    allauthed,
    copy,
    digest,
    profile,
    rename,
    sign_up,
)
from forum.lib.web.csp import csp_update
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never

QR_PICTURE = csp_update({"img-src": ["data:"]})


def dressed(patterns):
    """Return allauth's patterns with every view made a view of this site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            dressed(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and not hasattr(pattern.callback, "cache_class"):
            pattern.callback = asks(InOurWords)(never(allauthed(pattern.callback)))
            if pattern.name == "mfa_activate_totp":
                pattern.callback = QR_PICTURE(pattern.callback)
    return patterns


CODES = [
    path("login/code/confirm/", SignInCode.as_view(), name="account_confirm_login_code"),
    path("password/reset/confirm/", PasswordCode.as_view(), name="account_confirm_password_reset_code"),
    path("confirm-email/", AddressCode.as_view(), name="account_email_verification_sent"),
]

urlpatterns = [
    path("", profile, name="profile"),
    path("rename/", rename, name="rename"),
    path("digest/", digest, name="digest"),
    path("copy/", copy, name="copy"),
    path("signup/", sign_up, name="account_signup"),
    path("", include(dressed(CODES))),
    path("", include(dressed(allauth_urls.urlpatterns))),
]
