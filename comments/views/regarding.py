"""What members do with the comments of others, and how they hear of answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.views.reading import readable
from comments.forms.regarding import HowOftenForm, OneClickForm, SeenUpToForm
from comments.models import Discussion, Follow, MailChoice, Mute, Respect, Visit
from comments.views.reading import placed
from forum.lib.moves import Refused
from forum.lib.web.pagecache import never, private
from forum.lib.web.throttle import allow


@private
@login_required
def respect(request, pk):
    """Say that a comment is well argued, even where one disagrees."""
    comment = _shown(request, pk)
    if request.method != "POST":
        return render(request, "comments/respect.html", {"comment": comment})
    allow("regard", f"user:{request.user.pk}")
    Respect.give(comment, by=request.user)
    return redirect(comment.place)


@private
@require_POST
@login_required
def take_back(request, pk):
    """Respect an argument no longer."""
    comment = _shown(request, pk)
    Respect.take_back(comment, by=request.user)
    return redirect(comment.place)


@private
@login_required
def mute(request, pk):
    """Fold away what somebody writes, for oneself alone."""
    comment = _shown(request, pk)
    if request.method != "POST":
        return render(request, "comments/mute.html", {"comment": comment})
    allow("regard", f"user:{request.user.pk}")
    Mute.add(comment, by=request.user)
    messages.success(request, f"You muted {comment.name}. What you mute is folded away for you alone.")
    return redirect(comment.place)


@private
@require_POST
@login_required
def unmute(request, pk):
    """Read somebody again."""
    get_object_or_404(Mute.objects.by_member(request.user), pk=pk).delete()
    messages.success(request, "You read this person again.")
    return redirect("my_comments")


@private
@login_required
def follow(request, year, slug):
    """Hear of every new comment in a discussion."""
    if request.method != "POST":
        return render(request, "comments/follow.html", {"discussion": Discussion.under(readable(year, slug))})
    discussion = Discussion.of(readable(year, slug))
    allow("regard", f"user:{request.user.pk}")
    Follow.begin(discussion, by=request.user)
    return redirect(discussion.address)


@private
@require_POST
@login_required
def unfollow(request, year, slug):
    """Hear no more of a discussion."""
    discussion = Discussion.of(readable(year, slug))
    Follow.end(discussion, by=request.user)
    return redirect(discussion.address)


@private
@require_POST
@login_required
def seen(request, year, slug):
    """Note how far a member has read; a script presses this when she has reached the end."""
    discussion, form = Discussion.of(readable(year, slug)), SeenUpToForm(request.POST)
    if form.is_valid():
        Visit.note(discussion, form.cleaned_data["number"], by=request.user)
    return redirect(discussion.address)


@never
@csrf_exempt
def stop_mail(request, token):
    """Stop the mail where a mail program presses for its user (RFC 8058); people are led to the page."""
    member = _chooser(token)
    if not OneClickForm(request.POST).is_valid():
        return redirect("comment_mail", token)
    MailChoice.stop(by=member)
    return HttpResponse("You get no more mail about comments.\n", content_type="text/plain; charset=utf-8")


@never
def choose_mail(request, token):
    """Choose how often one is mailed, by the address that stands in each mail."""
    member = _chooser(token)
    form = HowOftenForm(request.POST or None, member=member)
    saved = form.is_valid()
    if saved:
        MailChoice.choose(**form.cleaned_data, by=member)
    return render(request, "comments/mail.html", {"form": form, "saved": saved})


def _chooser(token):
    member = MailChoice.chooser(token)
    if member is None:
        raise Http404
    return member


def _shown(request, pk):
    comment = placed(pk)
    if not comment.is_shown:
        raise Http404
    if comment.author_id == request.user.pk:
        raise Refused("This is your own comment.")
    return comment
