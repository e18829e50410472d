"""What every template may say: the site's settings, the date, and who reads."""

from functools import partial

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from forum.lib.web.kept import remembered
from forum.pages.models import SiteSettings


def site(request):
    """Offer `site` (one query, and only if a template asks), `today` and `reader`."""
    if not hasattr(request, "site_settings"):
        request.site_settings = SimpleLazyObject(partial(remembered, request, "site settings", SiteSettings.get))
    return {"site": request.site_settings, "today": timezone.localdate(), "reader": reader(request)}


def reader(request):
    """Return the person signed in; None, and the session untouched, where no session cookie came."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None
