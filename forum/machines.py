"""What machines ask for: whether the site is well, and where they may go."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from forum.lib.border import failure_of
from forum.lib.web.pagecache import never, public

from . import schema

CLOSED = ("/admin/", "/accounts/", "/submissions/", "/search/", "/reports/", "/get-published/new/")
SHEET = "css/site.css"


@never
@require_safe
def healthz(request):
    """200 while the site is well, 503 with one sentence where it lacks its database, cache or static files."""
    complaint = _complaint()
    status = 503 if complaint else 200
    return HttpResponse(f"{complaint or 'well'}\n", status=status, content_type="text/plain")


def _complaint():
    try:
        behind = schema.missing()
    except Error:
        return "The database does not answer."
    if behind:
        return f"The database is behind the program: run manage.py migrate ({', '.join(behind)})."
    if failure_of(cache.get, "healthz"):
        return "The cache does not answer."
    return "The static files are not there: run manage.py collectstatic." if failure_of(static, SHEET) else ""


@public
@require_safe
def robots(request):
    """Everything public may be read by everyone."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@public
@require_safe
def security(request):
    """Whom to tell about a weakness (RFC 9116); the date moves on with every month."""
    expires = (timezone.now() + timedelta(days=180)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SITE_URL}{reverse('contact')}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class AnyHost:
    """Lets a monitor ask how the site is by whatever name it reaches it: on loopback, from inside, by number."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz":
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].removeprefix(".")
        return self.get_response(request)
