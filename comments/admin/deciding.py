"""One comment with all that helps to decide, and the decision."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Delivery
from accounts.permissions import is_moderator
from articles.models import Article
from comments.admin.around import around
from comments.admin.buttons import decisions
from comments.admin.queued import Queue
from comments.admin.sanctions import Record
from comments.admin.untold import when_told
from comments.forms.desk.deciding import DecisionForm
from comments.guards import is_below_nothing
from comments.models import Comment
from comments.models.questions import decided_about, one_on_desk, similar
from comments.models.rule import rules_in_force
from comments.workflow import COMMENT, TAKEN_AWAY
from forum.lib.desk import desk_page, screen
from forum.lib.diff.compare import compare
from forum.lib.moves import DESK, IllegalMove, last_event
from forum.lib.ties import keys_close_to
from forum.lib.web.labels import asks

DECISIONS = COMMENT.verbs_at(DESK)


@require_safe
def comment(request, pk):
    """One comment: as it was reported, as it is now, and what stands around it."""
    found, rules = _on_desk(request.user, pk), rules_in_force()
    case = found.open_case
    slug = request.GET.get("rule", "")[:40] or (case.reason if case else "")
    rule = next((rule for rule in rules if rule.slug == slug), None)
    form = DecisionForm(comment=found, rules=rules, initial={"seen": found.turn, "rule": rule})
    return _screen(request, found, form, case, rule, rules=rules)


@require_POST
@asks(DecisionForm)
def decide(request, pk, verb):
    """Make one decision about one comment, as the moderator saw it, and go on to the next."""
    if verb not in DECISIONS:
        raise Http404("There is no such decision.")
    found, rules = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk), rules_in_force()
    form = DecisionForm(request.POST, comment=found, verb=verb, rules=rules)
    if form.is_stale:
        raise IllegalMove(found, verb)
    if not form.is_valid():
        return _screen(request, found, form, found.open_case, form.cleaned_data.get("rule"), rules=rules)
    here = reverse("admin:comment", args=[found.pk])
    following = Queue(request.user).after(here)
    getattr(found, verb)(by=request.user, **form.said)
    said = '{} by {}: {}.{} <a href="{}">Look at it again</a>'
    done, told = COMMENT[last_event(found).verb].done, f" {capfirst(when_told())}" if verb in TAKEN_AWAY else ""
    messages.success(request, format_html(said, found, found.name, done, told, here))
    return redirect(following)


def _on_desk(user, pk):
    """Return a comment that this moderator may decide about, for her to look at."""
    if not is_moderator(user):
        raise Http404
    found = one_on_desk.first(comment=pk, person=user.pk, pieces=keys_close_to(user, Article))
    if found is None:
        raise Http404("There is no such comment, or it is not yours to decide about.")
    prefetch_related_objects([found], "author__groups")
    return found


def _screen(request, found, form, case, rule, *, rules):
    reported = case.revision if case and case.revision_id != found.current_id else found.current
    record, buttons = Record.of(found, request.user), decisions(request.user, found)
    rulings = decided_about(comment=found.pk, writer=found.author_id)
    context = {
        "comment": found,
        "stop": Queue(request.user).stop(reverse("admin:comment", args=[found.pk])),
        "reports": case.reports.all() if case else [],
        "reported": reported,
        "difference": compare(reported.html, found.current.html) if reported != found.current else "",
        "around": around(found),
        "decided": [ruling for ruling in rulings if ruling.comment_id == found.pk],
        "earlier": [ruling for ruling in rulings if ruling.comment_id != found.pk],
        "similar": similar(slug=rule.slug, comment=found.pk) if rule else [],
        "rule": rule,
        "rules": rules,
        "wordings": found.wordings() if found.is_edited else [],
        "record": record,
        "sanction_form": record.form(found, request.user, rules),
        "buttons": buttons,
        "gone": is_below_nothing(request.user, found) if found.status == "pending" else "",
        "when_told": when_told() if any(button.verb in TAKEN_AWAY for button in buttons) else "",
        "leaves_at": Delivery.objects.when_about([found]).get(found.pk),
        "form": form,
    }
    return desk_page(request, "admin/comments/comment.html", f"{found} by {found.name}", **context)


screen("comments/<int:pk>/", comment, "comment", who=is_moderator)
screen("comments/<int:pk>/<slug:verb>/", decide, "comment_decide", who=is_moderator)
