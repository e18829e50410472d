"""The demonstration's postbox: every mail the site sent, readable in the browser instead of delivered."""

from email.utils import parsedate_to_datetime

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.lib.mail import kept_mail, kept_mails
from forum.lib.text.prose import paragraphs
from forum.lib.web.pagecache import never

SHOWN = 100


@never
@require_safe
def postbox(request):
    """The newest mails, newest first."""
    letters = [_letter(name, message) for name, message in kept_mails(SHOWN)]
    return render(request, "demo/postbox.html", {"letters": letters})


@never
@require_safe
def letter(request, name):
    """One mail as its reader gets it."""
    message = kept_mail(name)
    if message is None:
        raise Http404
    context = {"letter": _letter(name, message), "text": paragraphs(_text(message))}
    return render(request, "demo/letter.html", context)


def _letter(name, message):
    return {
        "name": name,
        "subject": message["Subject"] or "(no subject)",
        "to": message["To"],
        "sender": message["From"],
        "reply_to": message["Reply-To"],
        "at": parsedate_to_datetime(message["Date"]) if message["Date"] else None,
    }


def _text(message):
    part = message.get_body(preferencelist=("plain", "html"))
    return part.get_content() if part else ""
