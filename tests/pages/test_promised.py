"""What pages, letters and documents say in numbers is what the program does."""

from pathlib import Path

import pytest
from django.conf import settings
from django.forms import BaseForm
from django.urls import get_resolver

from accounts.address_proof import MINUTES
from accounts.models.deliveries import KEPT_FOR, PATIENCE
from comments.guards import APPEAL_WITHIN, EDIT_WITHIN
from comments.models.appeal import GUEST_FOR
from comments.models.comment import HIDDEN_FOR
from comments.models.report import NETWORK_KEPT
from forum.lib.web.unsent import AN_HOUR

ROOT = Path(__file__).parents[2]
PROMISES = settings.PROMISES
SAID = {  # words that somebody reads: where, and what holds
    "two more weeks": ("templates/articles/get_published.html", PROMISES["extension_days"], 14),
    "gives you two more weeks": ("templates/mail/articles/ask_for_changes.txt", PROMISES["extension_days"], 14),
    "I need two more weeks": ("articles/workflow/submission.py", PROMISES["extension_days"], 14),
    "has not come a month after": ("templates/articles/get_published.html", PROMISES["lapse_days"], 30),
    "not come a month after": ("templates/mail/articles/ask_for_changes.txt", PROMISES["lapse_days"], 30),
    "within five working days": ("forum/pages/texts/accessibility.html", PROMISES["first_answer_working_days"], 5),
    "good for 15 minutes": ("forum/pages/texts/accessibility.html", MINUTES, 15),
    "six digits, good for 15 minutes": (
        "templates/account/base_confirm_code.html", settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT, 15 * 60,
    ),
    "For 15 minutes after writing": ("templates/comments/edit.html", EDIT_WITHIN.total_seconds(), 15 * 60),
    "for at most 48 hours": ("comments/models/ruling.py", HIDDEN_FOR.total_seconds(), 48 * 3600),
    "hidden for 48 hours": ("comments/workflow/comment.py", HIDDEN_FOR.total_seconds(), 48 * 3600),
    "Hide it for 48 hours": ("templates/admin/comments/_keys.html", HIDDEN_FOR.total_seconds(), 48 * 3600),
    "for 14 days": ("templates/admin/comments/ask_guest.html", GUEST_FOR.days, 14),
    "more than half a year": ("comments/guards.py", APPEAL_WITHIN.days, 183),
    "keeps the draft for 30 days": (
        "templates/articles/writing/submission.html", settings.SESSION_COOKIE_AGE, 30 * 86400,
    ),
    "until you close the browser": ("forum/pages/texts/privacy.html", settings.CSRF_COOKIE_AGE, None),
    "not renewed for 30 days": ("forum/pages/texts/privacy.html", settings.SESSION_COOKIE_AGE, 30 * 86400),
    "network address for 30 days": ("forum/pages/texts/privacy.html", NETWORK_KEPT.days, 30),
    "what it said, for 30 days": ("forum/pages/texts/privacy.html", KEPT_FOR.days, 30),
    "a day at most": ("forum/pages/texts/privacy.html", max(t for _, t in settings.THROTTLES.values()), 86400),
    "waits for an hour": ("forum/pages/texts/privacy.html", AN_HOUR, 3600),
    "It waits for you for an hour": ("templates/401.html", AN_HOUR, 3600),
    "tried for five days": ("docs/operations.md", PATIENCE.days, 5),
    "thirty days": ("docs/operations.md", PROMISES["lapse_days"], 30),
}  # fmt: skip


@pytest.mark.parametrize("words", SAID)
def test_a_number_that_is_said_in_words_is_the_number_that_holds(words):
    place, holds, said = SAID[words]
    text = " ".join((ROOT / place).read_text().split())
    assert words in text, f"{place} says it otherwise now"
    assert holds == said, f"{place} says “{words}”"


def every(form):
    return {form}.union(*map(every, form.__subclasses__()))


def test_no_form_but_an_authors_own_says_how_she_describes_a_piece():
    get_resolver().url_patterns  # noqa: B018 (loads every form there is)
    labels = {"perspective", "perspective_country", "perspective_words", "connection"}
    ours = [form for form in every(BaseForm) if form.__module__.startswith(("articles.", "forum.", "comments."))]
    found = {form.__name__ for form in ours if labels & set(getattr(form, "base_fields", ()))}
    assert found == {"PlaceForm", "WriteForm", "DeclareForm"}
