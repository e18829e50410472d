"""What stood in a comment before its writer edited it, taken out of sight."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.permissions import is_moderator
from comments.models import Comment
from comments.workflow import COMMENT
from forum.lib.desk import screen
from forum.lib.forms import TurnForm


@require_POST
def withhold(request, pk):
    """Show no earlier wording of a comment any more."""
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    form = TurnForm(request.POST)
    found.withhold(by=request.user, seen=form.turn)
    messages.success(request, f"Done: you {COMMENT['withhold'].done}.")
    return redirect("admin:comment", found.pk)


screen("comments/wordings/<int:pk>/", withhold, "comment_withhold", who=is_moderator)
