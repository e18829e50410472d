"""Addresses that refuse, for the tests of forum/lib/web/refusals.py."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from forum import urls
from forum.lib.moves import IllegalMove, Machine, Move, Refused, State
from forum.lib.web.pagecache import never
from forum.lib.web.throttle import TooMany

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


class Happened:
    verb, at, actor = "accept", timezone.now(), "Edith Editor"


class Events:
    """What happened to it, as the page for latecomers asks."""

    def select_related(self, *names):
        return self

    def exclude(self, **what):
        return self

    def last(self):
        return Happened()


class Piece:
    status, events = "accepted", Events()
    machine = Machine(
        "piece",
        states={"in_review": State("In review"), "accepted": State("Accepted")},
        moves={"accept": Move("in_review", "accepted", lambda by, thing: True, done="accepted")},
    )

    def name_of(self, person):
        return str(person)


def raising(exception):
    @never
    def view(request):
        raise exception

    return view


@never
@login_required
def mine(request):
    return HttpResponse("done")


@never
@login_required
def signs_out_elsewhere(request):
    request.session.__class__(request.session.session_key).delete()
    request.session["told"] = "Saved."
    return HttpResponse("done")


@never
def elsewhere(request):
    return redirect("/alerts/")


urlpatterns = [
    path("late/", raising(IllegalMove(Piece(), "accept"))),
    path("refused/", raising(Refused("You wrote this piece, so somebody else decides on it."))),
    path("often/", raising(TooMany(90))),
    path("denied/", raising(PermissionDenied("This is not yours to do."))),
    path("broken/", raising(ZeroDivisionError)),
    path("meanwhile/", signs_out_elsewhere),
    path("mine/", mine),
    path("elsewhere/", elsewhere),
    path("press/", never(require_POST(lambda request: HttpResponse("pressed")))),
    path("", include("forum.urls")),
]
