"""A guest's decision, for pieces that everybody at the desk is too close to."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from articles.admin.pressing import status_of
from articles.forms.desk.guests import GuestForm
from articles.models import Submission
from articles.permissions import asks_guests, is_editor
from forum.lib.desk import Panel, Row, desk_page, panel, screen
from forum.lib.moves import Refused
from forum.lib.ties import keys_close_to
from forum.lib.web.labels import asks


@panel
def without_a_judge(user):
    """Show that there are pieces nobody here may decide on: since when, and nothing of what they say."""
    if not asks_guests(user):
        return None
    if is_editor(user) and not keys_close_to(user, Submission):
        return None  # what nobody may decide on, she may not
    pieces = Submission.objects.without_a_judge().order_by("due_at", "pk").values_list("code", "due_at", "moved_at")
    rows = [
        Row(f"A piece sent in on {timezone.localtime(since):%-d %B}", _page(code), due, since, kind="Ask a guest")
        for code, due, since in pieces
    ]
    return Panel("Nobody here may decide", rows, len(rows)) if rows else None


@asks(GuestForm)
def guest(request, code):
    """Ask somebody from outside to decide about a piece."""
    piece = get_object_or_404(Submission.objects.for_guests(), code=code)
    form = GuestForm(request.POST if request.method == "POST" else None)
    return ask(request, piece, form, "admin/articles/guest.html", since=piece.moved_at)


def ask(request, thing, form, template, **context):
    """Ask the guest whom the form names to decide; whoever asks sees nothing of the thing here."""
    if form.is_valid():
        try:
            thing.ask_guest(by=request.user, **form.cleaned_data)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        else:
            messages.success(request, "Done: you asked a guest to decide.")
            return redirect("admin:index")
    return desk_page(request, template, "Ask a guest to decide", status=status_of(form), form=form, **context)


def _page(code):
    return reverse("admin:guest", args=[code])


screen("guests/<slug:code>/", guest, "guest", who=asks_guests)
