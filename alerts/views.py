from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.ration import ration
from alerts.forms import JoinForm
from alerts.models import Subscriber
from forum.lib.moves import Guest, buttons_for
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never
from forum.lib.web.throttle import allow, prefix


@never
@require_http_methods(["GET", "HEAD", "POST"])
@asks(JoinForm)
def join(request):
    """Take an address for the mailing list; the answer is the same whatever we know of it."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        allow("join", prefix(request))
        if not Subscriber.objects.asked_just_now(address):
            ration(request, address)
        Subscriber.join(by=Guest(address))
        return redirect("alerts_sent")
    return render(request, "alerts/join.html", {"form": form})


@never
@require_safe
def sent(request):
    """Say that a letter is on its way."""
    return render(request, "alerts/sent.html")


@never
@require_safe
def manage(request, token):
    """Show where an address stands, with the buttons that change it."""
    subscriber = get_object_or_404(Subscriber, token=token)
    buttons = buttons_for(subscriber.holder, subscriber)
    return render(request, "alerts/manage.html", {"subscriber": subscriber, "buttons": buttons})


def _act(request, token, verb):
    if request.method == "POST":
        subscriber = get_object_or_404(Subscriber, token=token)
        verb(subscriber, by=subscriber.holder)
    return redirect("alerts_manage", token)


@never
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Put the address on the list; opening the link alone changes nothing."""
    return _act(request, token, Subscriber.confirm)


@never
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, token):
    """Take the address off the list; opening the link alone changes nothing."""
    return _act(request, token, Subscriber.leave)
