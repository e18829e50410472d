"""What authors ask for their safety: for the safety officers alone."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.admin.pressing import buttons, form_for, press, register
from articles.admin.timeline import timeline
from articles.forms.desk.safety import SAFETY_FORMS
from articles.models import SafetyRequest, Submission
from articles.models.private import questions
from articles.models.private.safety import called
from articles.permissions import is_managing_editor, is_safety_officer, may_answer_safety
from forum.lib.desk import Panel, Row, desk_page, panel, screen
from forum.lib.ties import keys_close_to
from forum.lib.web.addresses import address
from forum.lib.web.paging import page


def safety_requests(request):
    """List what authors asked, the newest first."""
    officer, state = request.user, "asked" if request.GET.get("state") == "asked" else ""
    first = partial(questions.first_safety(state, is_officer=is_safety_officer(officer)), **_seen_by(officer))
    rows = SafetyRequest.objects.for_officer(officer).in_state(state)
    context = {"page": page(rows.for_lists, request, by="asked_at", first=first), "state": state}
    return desk_page(request, "admin/articles/safety_requests.html", "Requests about safety", **context)


def _seen_by(officer):
    return {"person": officer.pk, "close": keys_close_to(officer, Submission)}


def safety_request(request, pk):
    """Show a request, what can be done about it, and what would still say the old name."""
    found = officers_request(request, pk)
    context = {
        "safety": found,
        "buttons": buttons(found, request.user, forms_for(found), "safety_request", pk),
        "happened": timeline(found),
        "change": found.changed(),
        "presses": is_managing_editor(request.user),
    }
    if found.asks_for_a_name:
        context |= {"biographies": found.biographies(), "elsewhere": found.said_elsewhere()}
    return desk_page(request, "admin/articles/safety_request.html", str(found), **context)


def answer(request, pk, verb):
    """Change the name, say that it is done, or why not."""
    found = officers_request(request, pk)
    form = form_for(request, SAFETY_FORMS, verb, found)
    return press(request, found, verb, form, reverse("admin:safety_request", args=[pk]), safety=found)


def officers_request(request, pk):
    """Return the request if this officer may see it; otherwise it does not exist."""
    return get_object_or_404(SafetyRequest.objects.for_officer(request.user).for_desk(), pk=pk)


def forms_for(found):
    """Return the forms that fit what was asked."""
    return {verb: form for verb, form in SAFETY_FORMS.items() if verb != "change_name" or found.asks_for_a_name}


@panel
def waiting(user):
    """Show the safety officers what authors asked; the row says nothing of what it is."""
    if not may_answer_safety(user):
        return None
    asked = questions.safety(is_officer=is_safety_officer(user))(**_seen_by(user))
    if not asked and not is_safety_officer(user):
        return None
    rows = [
        Row(called(asked_at), address("admin:safety_request", pk), due_at, asked_at, kind="Safety")
        for pk, asked_at, due_at, *_ in asked
    ]
    count, late = asked[0][-2:] if asked else (0, 0)
    url = f"{address('admin:safety_requests')}?state=asked"
    return Panel("Requests about safety", rows, count, url=url, late=late)


screen("safety/", safety_requests, "safety_requests", who=may_answer_safety)
screen("safety/<int:pk>/", safety_request, "safety_request", who=may_answer_safety)
register("safety/<int:pk>/", "safety_request", SAFETY_FORMS, answer, may_answer_safety)
