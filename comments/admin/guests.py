"""A guest's answer to an objection that nobody at the desk may decide about."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from comments.desk_forms import GuestForm
from comments.models import Appeal
from comments.permissions import asks_guests
from forum.lib.desk import Panel, Row, panel, screen, shown
from forum.lib.labels import asks
from forum.lib.moves import Refused


@panel
def without_a_decider(user):
    """Show that there are objections nobody here may decide about: since when, and nothing of what they say."""
    if not _asks(user):
        return None
    found = list(Appeal.objects.for_guests(user))
    asked = [_asked(appeal) for appeal in found if appeal.is_with_guest]
    waiting = [_waiting(appeal) for appeal in found if not appeal.is_with_guest]
    panels = [Panel("Nobody here may decide", waiting, len(waiting))] if waiting else []
    return [*panels, Panel("With a guest", asked, len(asked), waiting=False)] if asked else panels


@asks(GuestForm)
def ask_guest(request, pk):
    """Ask somebody from outside to decide; whoever asks sees nothing of the words here."""
    found = get_object_or_404(Appeal.objects.for_guests(request.user), pk=pk)
    form = GuestForm(request.POST or None)
    if form.is_valid():
        try:
            found.ask_guest(by=request.user, **form.cleaned_data)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        else:
            messages.success(request, "Done: you asked a guest to decide.")
            return redirect("admin:index")
    return shown(request, "admin/comments/ask_guest.html", "Ask a guest to decide", appeal=found, form=form)


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
