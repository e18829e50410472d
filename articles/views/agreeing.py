"""What people who were asked say: an author to a commission, a co-author to being printed as one."""

from django.contrib import messages
from django.shortcuts import redirect, render

from articles.forms.declaring import ConsentForm, DeclareForm
from articles.forms.following import WithdrawForm
from articles.forms.writing import initial
from articles.views.following import ask
from articles.views.own import own, writer


@own
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
def consent(request, piece):
    """Ask a co-author whether she agrees to be printed as one."""
    own_line = piece.bylines.exclude(person=None).filter(person=getattr(writer(request), "pk", None)).first()
    form = ConsentForm(request.POST if request.method == "POST" else None, initial=vars(own_line) if own_line else {})
    if form.is_valid():
        piece.consent(by=writer(request), biography=form.cleaned_data["biography"])
        messages.success(request, "Thank you. You read the exact text once more before it is printed.")
        return redirect(piece)
    return ask(request, piece, form, "consent")


@own
def refuse(request, piece):
    """Let somebody named as co-author say that it is not her, or that she does not agree."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        piece.refuse(by=writer(request), note=form.cleaned_data["note"])
        return render(request, "articles/links/refused.html")
    return ask(request, piece, form, "refuse")
