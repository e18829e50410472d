"""What people who were asked say: an author to a commission, a co-author to being printed as one."""

from django.contrib import messages
from django.shortcuts import redirect, render

from articles.forms.author.bylines import BylineForm, ConsentForm, DeclareForm
from articles.forms.author.following import WithdrawForm
from articles.forms.author.writing import initial
from articles.views.following import ask
from articles.views.own import own, writer
from forum.lib.web.labels import asks


@own
@asks(DeclareForm)
def declare(request, piece):
    """Ask the author of a commissioned piece to agree to it, and for what others declare when they submit."""
    data = request.POST if request.method == "POST" else None
    form = DeclareForm(data, piece=piece, initial=initial(piece))
    if form.is_valid():
        piece.declare(by=writer(request), **form.said)
        messages.success(request, "Thank you. The editors have your agreement and what you declared.")
        return redirect(piece)
    return ask(request, piece, form, "declare")


@own
@asks(ConsentForm)
def consent(request, piece):
    """Ask a co-author whether she agrees to be printed as one."""
    form = ConsentForm(request.POST if request.method == "POST" else None, initial=own_line(request, piece))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "biography")}
        piece.consent(by=writer(request), **said)
        messages.success(request, "Thank you. You read the exact text once more before it is printed.")
        return redirect(piece)
    return ask(request, piece, form, "consent")


@own
@asks(BylineForm)
def change_byline(request, piece):
    """Let a co-author correct how she is printed."""
    form = BylineForm(request.POST if request.method == "POST" else None, initial=own_line(request, piece))
    if form.is_valid():
        piece.change_byline(by=writer(request), **form.cleaned_data)
        messages.success(request, "Saved. This is how you are printed.")
        return redirect(piece)
    return ask(request, piece, form, "change_byline")


def own_line(request, piece):
    """Return how the reader is printed on a piece, for the form that changes it."""
    byline = piece.bylines.exclude(person=None).filter(person=getattr(writer(request), "pk", None)).first()
    return {"name": byline.name, "biography": byline.biography} if byline else {}


@own
@asks(WithdrawForm)
def refuse(request, piece):
    """Let somebody named as co-author say that it is not her, or that she does not agree."""
    return _leave(request, piece, "refuse")


@own
@asks(WithdrawForm)
def take_name_off(request, piece):
    """Let a co-author leave a piece whose proof was sent, or approved."""
    return _leave(request, piece, "take_name_off")


def _leave(request, piece, verb):
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"seen": piece.turn})
    if form.is_valid():
        with piece.as_seen(form.cleaned_data["seen"], verb):
            getattr(piece, verb)(by=writer(request), note=form.cleaned_data["note"])
        return render(request, "articles/links/refused.html")
    return ask(request, piece, form, verb)
