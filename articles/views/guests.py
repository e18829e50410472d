"""What a guest does who was asked to decide: read the piece, and say yes, not yet or no with a letter."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render

from articles.forms.desk.guests import GuestAcceptForm, GuestChangesForm, GuestDeclineForm
from articles.models import Submission
from articles.views.own import passed, writer
from forum.lib.moves import DESK, Refused, buttons_for, may
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import private

FORMS = {"accept": GuestAcceptForm, "ask_for_changes": GuestChangesForm, "decline": GuestDeclineForm}


def asked(view):
    """For the guest who was asked to decide on this piece; for everybody else it does not exist."""

    @private
    @wraps(view)
    def for_guests(request, code, **kwargs):
        piece = Submission.objects.with_guest(writer(request)).for_reading().filter(code=code).first()
        if piece:
            return view(request, piece, **kwargs)
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())

    return for_guests


@asked
def read(request, piece):
    """Show the piece as it would be printed, what was written to its author, and the three answers."""
    by = writer(request)
    buttons = [button for button in buttons_for(by, piece, at=DESK) if button.verb in FORMS]
    context = {"piece": piece, "guest": passed(request, piece.code), "buttons": buttons, "letters": piece.letters.all()}
    return render(request, "articles/guests/read.html", context)


@asked
@asks(*FORMS.values())
def decide(request, piece, verb):
    """Ask for the letter that goes with an answer, and give it."""
    by, data = writer(request), request.POST if request.method == "POST" else None
    form = FORMS[verb](data, thing=piece, by=by)
    if request.method != "POST" and not may(by, verb, piece):
        return redirect("submission_read", piece.code)
    if form.is_valid():
        try:
            with piece.as_seen(form.cleaned_data["seen"], verb):
                getattr(piece, verb)(by=by, **form.said)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        else:
            return render(request, "articles/guests/thanks.html", {"verb": verb})
    context = {"piece": piece, "form": form, "label": piece.machine[verb].label}
    return render(request, "articles/guests/decide.html", context)
