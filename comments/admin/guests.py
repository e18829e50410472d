"""A guest's answer to an objection that nobody at the desk may decide about."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import is_administrator
from articles.admin.guests import ask
from articles.models import Article
from comments.forms.desk.guests import AppealGuestForm
from comments.models import Appeal
from comments.models.questions import waiting_for_others
from comments.permissions import asks_guests
from forum.lib.desk import Panel, Row, panel, screen
from forum.lib.ties import keys_close_to
from forum.lib.web.labels import asks


@panel
def without_a_decider(user):
    """Show that there are objections nobody here may decide about: since when, and nothing of what they say."""
    if not _asks(user):
        return None
    seen = Appeal.objects.all()
    if not is_administrator(user):  # what nobody may decide about, she may not
        others = waiting_for_others(person=user.pk, pieces=keys_close_to(user, Article))
        if not others:
            return None
        seen = seen.filter(pk__in=others)
    found = list(seen.without_a_decider())
    asked = [_asked(appeal) for appeal in found if appeal.is_with_guest]
    waiting = [_waiting(appeal) for appeal in found if not appeal.is_with_guest]
    panels = [Panel("Nobody here may decide", waiting, len(waiting))] if waiting else []
    return [*panels, Panel("With a guest", asked, len(asked), waiting=False)] if asked else panels


@asks(AppealGuestForm)
def ask_guest(request, pk):
    """Ask somebody from outside to decide about an objection."""
    found = get_object_or_404(Appeal.objects.for_guests(request.user), pk=pk)
    form = AppealGuestForm(request.POST if request.method == "POST" else None)
    return ask(request, found, form, "admin/comments/ask_guest.html", appeal=found)


def _waiting(appeal):
    due = appeal.submitted_at + timedelta(hours=settings.PROMISES["appeal_hours"])
    return Row(_title(appeal), _page(appeal), due, appeal.submitted_at, kind="Ask a guest")


def _asked(appeal):
    return Row(_title(appeal), _page(appeal), kind="Objection", who=f"A guest has until {_day(appeal.guest_until)}")


def _title(appeal):
    return f"An objection of {_day(appeal.submitted_at)}"


def _page(appeal):
    return reverse("admin:appeal_ask_guest", args=[appeal.pk])


def _day(at):
    return f"{timezone.localtime(at):%-d %B}"


def _asks(user):
    return asks_guests(user, None)


screen("comments/guests/<int:pk>/", ask_guest, "appeal_ask_guest", who=_asks)
