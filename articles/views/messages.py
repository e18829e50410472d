"""What readers ask of the editors, and the receipts that say what came of it."""

from django.shortcuts import get_object_or_404, redirect, render

from articles.forms.reader.messages import AbuseForm, CorrectionForm, MessageForm
from articles.models import Message
from articles.views.reading import readable
from forum.lib.moves import Guest
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never
from forum.lib.web.throttle import allow, prefix
from forum.pages.models import Page


@never
@asks(MessageForm)
def contact(request):
    intro = Page.objects.by_slug("contact")
    context = {"title": "Contact us", "intro": intro, "send": "Send the message"}
    return ask(request, MessageForm, Message.Kind.CONTACT, context)


@never
@asks(CorrectionForm)
def suggest_correction(request, year, slug):
    piece = readable(year, slug)
    context = {"title": "Suggest a correction", "send": "Send the correction", "article": piece}
    return ask(request, CorrectionForm, Message.Kind.CORRECTION, context, article=piece)


@never
@asks(AbuseForm)
def report_page(request, year, slug):
    piece = readable(year, slug)
    context = {"title": "Report abuse on this page", "send": "Send the report", "article": piece}
    return ask(request, AbuseForm, Message.Kind.ABUSE, context, article=piece)


def ask(request, form_class, kind, context, **about):
    """Show the form, or store what was written and show its receipt."""
    form = form_class(request.POST or None, initial=known(request.user))
    if form.is_valid():
        allow("message", prefix(request))
        by = request.user if request.user.is_authenticated else Guest(form.cleaned_data["email"])
        return redirect(Message.send(by=by, kind=kind, **form.message, **about))
    return render(request, "articles/message.html", {"form": form, **context})


def known(user):
    """Return what need not be asked of somebody signed in."""
    return {"name": user.name, "email": user.email} if user.is_authenticated else {}


@never
def message_receipt(request, receipt):
    message = get_object_or_404(Message.objects.for_lists(), receipt=receipt)
    return render(request, "articles/message_receipt.html", {"message": message})
