"""What writers do with their own comments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.views.reading import still_here
from comments.forms.own import EditForm, RewordForm
from comments.models import Comment, Follow, MailChoice, Mute, Sanction
from comments.workflow import COMMENT
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import private
from forum.lib.web.paging import page
from forum.lib.web.throttle import allow


@private
@require_safe
@login_required
def mine(request):
    """One's own comments and what became of them."""
    context = {
        "page": page(Comment.objects.by_writer(request.user), request, by="written_at"),
        "sanctions": Sanction.objects.about(request.user).in_force(),
        "mail": MailChoice.of(request.user).get_how_often_display(),
        "mail_path": MailChoice.path(request.user),
        "followed": Follow.objects.by_member(request.user),
        "muted": Mute.objects.by_member(request.user),
    }
    return render(request, "comments/mine.html", context)


@private
@login_required
def withdraw(request, pk):
    """Take one's own comment back."""
    comment = get_object_or_404(Comment.objects.by_writer(request.user), pk=pk)
    if request.method == "POST":
        comment.withdraw(by=request.user)
        messages.success(request, "Your comment was withdrawn.")
    if request.method == "POST" or not comment.may_be_withdrawn:
        return redirect("my_comments")
    return render(request, "comments/withdraw.html", {"comment": comment})


@private
@login_required
@asks(EditForm)
def edit(request, pk):
    """Say it in other words soon after writing, before anybody has answered or read it."""
    comment = _still_here(request, pk)
    form = EditForm(request.POST or None, initial={"text": comment.current.text, "seen": comment.turn})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["text"] != comment.current.text:
            allow("comment", f"user:{request.user.pk}")
            comment.edit(said["text"], by=request.user, seen=said["seen"])
        return redirect(comment.place)
    complaint = COMMENT["edit"].complaint(request.user, comment) if comment.may_be_edited else ""
    if request.method != "POST" and not comment.may_be_edited:
        return redirect("my_comments")
    return render(request, "comments/edit.html", {"comment": comment, "form": form, "complaint": complaint})


@private
@login_required
@asks(RewordForm)
def reword(request, pk):
    """Say it in other words, because the editors asked for it."""
    comment = _still_here(request, pk)
    if request.method != "POST" and not comment.may_be_reworded:
        return redirect("my_comments")
    form = RewordForm(request.POST or None, comment=comment)
    if request.method == "POST" and form.is_valid():
        comment.reword(form.cleaned_data["text"], by=request.user)
        messages.success(request, "Your new wording waits to be read by the editors.")
        return redirect("my_comments")
    return render(request, "comments/reword.html", {"comment": comment, "form": form})


def _still_here(request, pk):
    """Return one's own comment; raises Gone where the piece above it was removed."""
    comment = get_object_or_404(Comment.objects.by_writer(request.user), pk=pk)
    still_here(comment.discussion.article)
    return comment
