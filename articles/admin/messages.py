"""What readers wrote to the editors."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.permissions import is_moderator
from articles.admin.pressing import buttons, form_for, press, register
from articles.admin.timeline import timeline
from articles.forms.desk.messages import ANSWERS
from articles.forms.desk.sought import SoughtForm
from articles.models import Message
from articles.workflow import MESSAGE
from forum.lib.desk import desk_page, screen
from forum.lib.web.paging import page


def messages(request):
    """List what readers wrote, the newest first."""
    form = SoughtForm(request.GET, states=MESSAGE.choices)
    wanted = form.wanted
    found = Message.objects.on_desk(request.user).in_state(wanted["state"]).matching(wanted["q"]).for_lists()
    context = {
        "form": form,
        "states": MESSAGE.choices,
        "wanted": wanted,
        "page": page(found, request, by="sent_at"),
    }
    return desk_page(request, "admin/articles/messages.html", "Messages", **context)


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
