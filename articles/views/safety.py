"""What an author asks for her own safety: a page of her own beside her piece."""

from django.contrib import messages
from django.shortcuts import redirect, render

from articles.eligible import is_written_by
from articles.forms.author.safety import SafetyRequestForm
from articles.models import SafetyRequest
from articles.views.own import own, writer
from forum.lib.web.labels import asks
from forum.lib.web.throttle import allow


@own
@asks(SafetyRequestForm)
def safety(request, piece):
    """Show what she asked so far, and let her ask."""
    by = writer(request)
    if not is_written_by(by, piece):
        return redirect(piece)
    form = SafetyRequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        allow("message", f"account {by.pk}")
        SafetyRequest.ask(by=by, submission=piece, **form.cleaned_data)
        messages.success(request, "Your request is with the few people who see such requests.")
        return redirect("submission_safety", piece.code)
    asked = SafetyRequest.objects.asked_by(by, piece)
    return render(request, "articles/writing/safety.html", {"piece": piece, "form": form, "asked": asked})
