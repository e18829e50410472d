"""What readers wrote to the editors."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localtime

from accounts.permissions import is_moderator
from articles.admin.pressing import buttons, form_for, press, register
from articles.admin.timeline import timeline
from articles.forms.desk.messages import ANSWERS
from articles.forms.desk.sought import SoughtForm
from articles.models import Message, Submission
from articles.models.private import questions
from articles.models.private.questions import SIZE
from articles.workflow import MESSAGE
from forum.lib.desk import desk_page, screen
from forum.lib.desk.promised import promise
from forum.lib.ties import keys_close_to
from forum.lib.web.addresses import address
from forum.lib.web.paging import page


def messages(request):
    """List what readers wrote, the newest first."""
    form = SoughtForm(request.GET, states=MESSAGE.choices)
    wanted, first = form.wanted, None
    rows = Message.objects.on_desk(request.user).in_state(wanted["state"]).matching(wanted["q"]).for_desk_list()
    if not wanted["q"]:
        close = keys_close_to(request.user, Submission)
        first = partial(questions.first_messages(wanted["state"]), close=close)
    found = page(lambda: rows, request, by="sent_at", first=first or (lambda: rows[: SIZE + 1]))
    context = {"form": form, "states": tuple(MESSAGE.choices), "wanted": wanted, "page": found}
    context["rows"] = tuple(_row(message) for message in found)
    return desk_page(request, "admin/articles/messages.html", "Messages", **context)


def _row(message):
    title = message.article__edition__title or Truncator(message.text).words(12, truncate=" …")
    how = promise(message.due_at) if message.status == "open" else MESSAGE.states[message.status].label
    hint = f"{message.name or 'A reader'} · {localtime(message.sent_at):%-d %b %Y} · {how}"
    return Message.Kind(message.kind).label, address("admin:message", message.pk), title, hint


def message(request, pk):
    """Show a message with the piece it is about."""
    found = get_object_or_404(Message.objects.on_desk(request.user).for_desk(), pk=pk)
    context = {
        "message": found,
        "buttons": buttons(found, request.user, ANSWERS, "message", pk),
        "happened": timeline(found),
    }
    return desk_page(request, "admin/articles/message.html", str(found), **context)


def settle(request, pk, verb):
    """Answer a message, or close it without an answer."""
    found = get_object_or_404(Message.objects.on_desk(request.user).for_desk(), pk=pk)
    form = form_for(request, ANSWERS, verb, found)
    return press(request, found, verb, form, reverse("admin:message", args=[pk]), message=found)


screen("messages/", messages, "messages", who=is_moderator)
screen("messages/<int:pk>/", message, "message", who=is_moderator)
register("messages/<int:pk>/", "message", ANSWERS, settle, is_moderator)
