"""The rules of discussion and how they are kept, for everybody to read."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comments.guards import APPEAL_WITHIN
from comments.models import Rule
from comments.models.comment import HIDDEN_FOR
from comments.models.report import ENOUGH
from comments.screening import DISCUSSION, HELD_FOR, LINKS, NEWCOMER, SCORER, WORDS
from forum.lib.web.pagecache import public
from forum.pages.models import Page

SAID = [NEWCOMER, LINKS, WORDS, DISCUSSION] + [SCORER] * bool(settings.COMMENT_SCORER)


@public
@require_safe
def moderation_rules(request):
    """Show the rules in force below the editors' own introduction, and how comments are moderated."""
    context = {
        "page": get_object_or_404(Page, slug="moderation"),
        "rules": Rule.objects.in_force(),
        "days": APPEAL_WITHIN.days,
        "hours": HIDDEN_FOR // timedelta(hours=1),
        "reporters": ENOUGH,
        "holding": [HELD_FOR[rule] for rule in SAID],
    }
    return render(request, "comments/rules.html", context)
