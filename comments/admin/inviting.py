"""Inviting the writer of a comment to make a letter of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from comments.models import Comment
from forum.lib.desk import screen

ASKED = "Done: its writer is asked by mail whether it may be printed."
BEFORE = "This is the letter that was made of it before."


@require_POST
def invite(request, pk):
    """Start a letter from a comment, and go on with it; a second press leads to the first letter."""
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    said = BEFORE if found.letter_id else ASKED
    letter = found.invite(by=request.user)
    messages.success(request, said)
    return redirect("admin:submission", letter.code)


screen("comments/letters/<int:pk>/", invite, "comment_invite", who=is_editor)
