"""The editors' desk: Django's admin with one front page, *Waiting for you*, and a register of panels and screens.

An app registers what waits with `@panel` and its pages with `screen(…)`, both from its admin modules.
"""

import re
from datetime import MAXYEAR, UTC, datetime
from functools import wraps
from typing import NamedTuple

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, SlugField
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path as url_path
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from forum.lib.asked import Given, asked
from forum.lib.desk.declared import NARROWED
from forum.lib.desk.month import month_for
from forum.lib.desk.promised import Clock
from forum.lib.desk.seen import SeenForm
from forum.lib.forms import LONGEST_NUMBER, Line
from forum.lib.ties import asks_once
from forum.lib.web.addresses import address
from forum.lib.web.csp import editor
from forum.lib.web.pagecache import declare

UNUSED = {"password_change", "password_change_done", "autocomplete", "view_on_site"}
"""Django's own doors beside ours: the last would tell any moderator the address of any row by its number."""

SOMEDAY = datetime(MAXYEAR, 1, 1, tzinfo=UTC)

A_KEY = re.compile(f"[0-9]{{1,{LONGEST_NUMBER}}}")

LINES = {CharField: {"form_class": Line}, SlugField: {"form_class": forms.SlugField}}

_panels = []
_screens = []


class Row(NamedTuple):
    """One thing that waits: what, where, the promise it is due by, since when, and whose it is.

    `button` is what one may press beside it, in words, and the address that is sent to.
    """

    title: str
    url: str
    due: datetime | None = None
    since: datetime | None = None
    who: str = ""
    late: bool | None = None
    kind: str = ""
    button: tuple[str, str] | None = None

    @property
    def is_late(self):
        """Whether it is late now."""
        return self.was_late(timezone.now())

    def was_late(self, at):
        """Say whether its promise had passed at a moment, unless the panel says so itself."""
        return self.late if self.late is not None else bool(self.due and self.due < at)

    @property
    def order(self):
        """Return its place: what is late stands first, even where a new date was given."""
        return (not self.is_late, self.due or SOMEDAY, self.since or SOMEDAY)

    def line(self, clock, kind=""):
        """Return what the front page says of it in a line, in words; `kind` where it says none itself."""
        waits = clock.since(self.since) if self.since and not self.due else ""
        said = (self.title, self.who, clock.promise(self.due), waits, self.button or ())
        return FrontLine(self.was_late(clock.now), self.kind or kind, self.url, *said)


class FrontLine(NamedTuple):
    """A row in words."""

    is_late: bool
    kind: str
    url: str
    title: str
    who: str
    due: str
    since: str
    button: tuple


class FrontShown(NamedTuple):
    """What the front page shows one person, in plain values; the panels `others` with their lines."""

    lines: tuple[FrontLine, ...]
    total: int
    waiting: list
    others: list
    counted: tuple
    listed: tuple
    month: tuple

    @property
    def late(self):
        return sum(panel.number_late for panel in self.waiting)


class Panel(NamedTuple):
    """What one app shows on the front page; rows that wait are merged, the others stand in their own box.

    `count` is how many things there are at `url`, and `late` of how many a promise has passed: the rows count them
    where they are all. `shown` says how many things the rows are about, where that is not one each.
    """

    title: str
    rows: list[Row]
    count: int
    waiting: bool = True
    url: str = ""
    late: int | None = None
    shown: int | None = None

    @property
    def more(self):
        """Return how many things the rows say nothing of."""
        return self.count - (len(self.rows) if self.shown is None else self.shown)

    @property
    def rest(self):
        """Return where all of it is, where there is more than is shown."""
        return self.url if self.more else ""

    @property
    def number_late(self):
        """Return how many of all are late."""
        return sum(row.is_late for row in self.rows) if self.late is None else self.late


def panel(function):
    """Register `function(user)`: a panel, a list of them, or None where there is nothing for this person."""
    _panels.append(function)
    return function


def screen(path, view, name, *, who=None):
    """Register a page of the desk at `/admin/<path>` as `admin:<name>`; `who(user)` narrows who may open it."""
    _screens.append((path, _narrowed(view, who), name))
    return view


def _narrowed(view, who):
    if who is None:
        return view

    @wraps(view)
    def narrowed(request, *args, **kwargs):
        if not who(request.user):
            raise PermissionDenied("This page of the desk is not yours to open.")
        return view(request, *args, **kwargs)

    return narrowed


def desk_page(request, template, title, *, status=200, **context):
    """Answer with a page of the desk; its template extends `admin/base_site.html`."""
    context = {**admin.site.each_context(request), "title": title, **context}
    request.current_app = admin.site.name
    return render(request, template, context, status=status)


def waiting_for(user):
    """Return the panels for `user` and all their waiting rows, what is late first, then by date."""
    found = [function(user) or [] for function in _panels]
    panels = [panel for some in found for panel in (some if isinstance(some, list) else [some])]
    rows = [(row.order, panel.title, row) for panel in panels if panel.waiting for row in panel.rows]
    return panels, [(title, row) for _, title, row in sorted(rows, key=lambda row: row[0])]


def is_verified(request):
    """Whether this session proved a second factor."""
    records = get_authentication_records(request, request.user)
    proven = any(record.get("method") == "mfa" for record in records)
    return proven and bool(a_factor(person=request.user.pk))


@asked
def a_factor():
    """Return the key of a second factor that somebody has, or nothing."""
    return Authenticator.objects.filter(user=Given("person")).order_by().values_list("pk", flat=True)[:1]


class DeskSite(admin.AdminSite):
    """The admin site; staff only, behind a second factor."""

    site_header = site_title = "The desk"
    index_title = "Waiting for you"
    index_template = "admin/waiting.html"
    enable_nav_sidebar = False

    def has_permission(self, request):
        user = request.user
        if not (user.is_active and user.is_staff):
            return False
        return not settings.STAFF_SECOND_FACTOR or is_verified(request)

    def get_urls(self):
        own = [url_path(path, self.admin_view(view), name=name) for path, view, name in _screens]
        front, *stock = [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") not in UNUSED]
        return declare("private", [front, *own, *stock])  # looked through in this order

    def register(self, models, admin_class=None, **options):
        """Register models; rows link straight to their pages, a line is a `Line`, lists narrow by what is declared."""
        stock = (admin_class or admin.ModelAdmin).formfield_overrides
        options |= {"formfield_overrides": {**LINES, **stock}, **NARROWED}
        if (admin_class or admin.ModelAdmin).view_on_site is True:
            options["view_on_site"] = _own_page
        super().register(models, admin_class, **options)

    def admin_view(self, view, cacheable=False):  # noqa: FBT002 - Django's own signature
        return editor(asks_once(super().admin_view(view, cacheable)))

    def each_context(self, request):
        """Return what every page of the desk is told; no list of all its pages, which none shows beside itself."""
        titles = {"site_title": self.site_title, "site_header": self.site_header, "site_url": "/"}
        return {**titles, "has_permission": True, "is_popup": False, "is_nav_sidebar_enabled": False}

    @method_decorator(require_safe)
    def index(self, request, extra_context=None):
        (panels, rows), clock = waiting_for(request.user), Clock()
        waiting = [panel for panel in panels if panel.waiting]
        shown = FrontShown(
            lines=tuple(row.line(clock, title) for title, row in rows),
            total=sum(panel.count for panel in waiting),
            waiting=waiting,
            others=[(panel, tuple(row.line(clock) for row in panel.rows)) for panel in panels if panel not in waiting],
            counted=tuple((panel.url, panel.title, panel.count) for panel in waiting if panel.url),
            listed=tuple(self._listed(request)),
            month=month_for(request.user),
        )
        return desk_page(request, self.index_template, self.index_title, front=shown)

    def _listed(self, request):
        """Return the lists that this person may open, each by its address and its name, app by app."""
        open_to = [kept for kept in self._registry.values() if _is_listed(kept, request)]
        named = {kept.opts: str(capfirst(kept.opts.verbose_name_plural)) for kept in open_to}
        for of in sorted(named, key=lambda of: (of.app_config.verbose_name.lower(), named[of])):
            yield address(f"admin:{of.app_label}_{of.model_name}_changelist"), named[of]

    def login(self, request, extra_context=None):
        """Send people to the site's own login, then to their second factor; the admin has no login of its own."""
        user, target = request.user, _next(request)
        if not user.is_authenticated:
            return redirect_to_login(target, reverse("account_login"))
        if not (user.is_active and user.is_staff):
            raise PermissionDenied("The desk is for the editors.")
        if self.has_permission(request):
            return HttpResponseRedirect(target)
        if is_mfa_enabled(user):
            return redirect_to_login(target, reverse("mfa_reauthenticate"))
        return redirect("mfa_activate_totp")

    def logout(self, request, extra_context=None):
        """Lead to the one way out of the whole site."""
        return redirect("account_logout")


class SeenAdmin(admin.ModelAdmin):
    """A model whose rows two people may have open at once: the second sees what the first saved before she saves."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        form_url = form_url or request.get_full_path()
        if request.method != "POST" or not object_id:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            self._lock(self.get_object(request, unquote(object_id)))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002 - Django's own signature
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (SeenForm, form), {}) if obj else form

    def render_change_form(self, request, context, *args, **kwargs):
        context["errors"] = None  # they stand above the page, as everywhere
        for field in context["adminform"].form:
            if field.errors and field.use_fieldset:  # a group that the stock page leaves undescribed
                field.field.widget.attrs["aria-describedby"] = f"{field.auto_id}_error"
        return super().render_change_form(request, context, *args, **kwargs)

    def response_action(self, request, queryset):
        """Do what was pressed to the rows that were ticked; a tick that is no row's ticks nothing."""
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if all(A_KEY.fullmatch(tick) for tick in ticked):
            return super().response_action(request, queryset)
        self.message_user(request, "Nothing was done: tick the rows once more.", messages.WARNING)
        return None

    def _lock(self, thing):
        """Let nobody else change the row before this request is answered."""
        if thing is not None:
            self.model._base_manager.select_for_update().filter(pk=thing.pk).first()


def _is_listed(model_admin, request):
    return model_admin.has_module_permission(request) and model_admin.has_view_or_change_permission(request)


def _own_page(model_admin, thing):
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else None


def _next(request):
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else reverse("admin:index")


class ReadAdmin(SeenAdmin):
    """A model that nobody makes, changes or deletes at the desk."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
