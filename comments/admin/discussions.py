"""The settings of one discussion, kept by an editor who did not write the piece above."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect

from accounts.permissions import is_editor
from comments.forms.desk.discussions import DiscussionForm
from comments.models import Discussion
from comments.permissions import keeps_discussions
from forum.lib.desk import desk_page, screen
from forum.lib.moves import NOT_YOURS


def discussion(request, pk):
    """Say when one discussion closes, and whether every comment waits there."""
    found = get_object_or_404(Discussion.objects.on_desk(request.user), pk=pk)
    if not keeps_discussions(request.user, found):
        raise PermissionDenied(NOT_YOURS)
    form = DiscussionForm(request.POST or None, discussion=found)
    if form.is_valid():
        with transaction.atomic():
            if {"closes", "closes_at"} & set(form.changed_data):
                found.close_at(form.moment(), by=request.user)
            found.hold_all(by=request.user, wanted=form.cleaned_data["holds_all"])
        messages.success(request, "Done: this holds for the discussion from now on.")
        return redirect("admin:discussion", found.pk)
    return desk_page(request, "admin/comments/discussion.html", str(found), discussion=found, form=form)


screen("comments/discussions/<int:pk>/", discussion, "discussion", who=is_editor)
