"""What is missing, empty or garbled in a form never makes it do more than it would have done whole."""

import re
from collections import Counter
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.urls import resolve
from django.utils import timezone
from zeal import zeal_ignore

from articles.forms.desk.article import CHANGES
from articles.forms.desk.messages import ANSWERS
from articles.forms.desk.safety import SAFETY_FORMS
from articles.forms.desk.submission import DECISIONS
from tests import access
from tests.world.browsing import choices_of, forms_of, kind_of
from tests.world.test_bad_input import OPENED, SITE, Everybody

SOON = timezone.localdate() + timedelta(days=40)
WORDS = "What I wrote in the night train, with its ending."
TYPED = {
    "when": "at", "at_day": str(SOON), "at_hour": "09:00", "due": str(SOON), "closes": "never",
    "first": str(SOON), "last": str(SOON),
    "email": "nora@example.org", "title": "Another title", "body": "<p>Another text.</p>",
}  # fmt: skip
FILLED = ("admin:pages_page_change", "admin:pages_sitesettings_change", "admin:submission_bylines")
EMPTY = ("website", "co_authors", "standfirst", "responds_to", "quote", "question", "stance")
TICKED = ("ticked", "agrees")
TEXTS = ("text", "email", "url", "search", "tel", "password")

# what may go on without it, and does no more: a double press is no longer known as one, a form goes on as it began
HIDDEN_AT_EASE = {
    "key": "a comment or report may come twice",
    "heard": "the author’s messages wait on",
    "publishing": "where nothing was arranged, nothing is what “nothing” says",
    "suggestion": "a reader’s message stays open",
    "number": "a note stands beside the whole piece",
    "quote": "a note stands beside the whole piece",
    "by-MIN_NUM_FORMS": "not read",
    "by-MAX_NUM_FORMS": "not read",
}
# as others of its kind, or none of ours
SAME_AGAIN = re.compile(r"(point|weight)_[2-9]|by-1-|\w+_words$|csrfmiddlewaretoken|place|_save")
# kept as it is, half or whole: nothing is sent
SAVED = {"submission_write", "submission_answers", "writing_new", "admin:keep"}
NOT_OURS = re.compile(
    r"account_|mfa_|admin:articles_(kind|topic|region|question|author|lettertemplate)_|admin:\w+_(changelist|delete)"
)
A_WORD = re.compile(r"(?![a-z]{10}$)[a-z_]{2,20}")  # ten letters are the code of a piece, new each time


@contextmanager
def watched():
    """Let something happen and undo it; yields what is written, statement by statement, but for words and numbers."""
    written = Counter()

    def watch(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and '"django_session"' not in sql:
            written[(sql, *map(_coarse, params or ()))] += 1
        return execute(sql, params, many, context)

    with access.undone(), connection.execute_wrapper(watch):
        yield written


def _coarse(value):
    """Return what says how far an act goes: yes or no, a state, a time to come; not which words, and not which row."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value > timezone.now() + timedelta(hours=1) else "now"
    if isinstance(value, bool):
        return value
    return value if isinstance(value, str) and A_WORD.fullmatch(value) else ""


def press(browser, target, sent):
    """Return the status, the page, and what was written; what was refused has written nothing."""
    cookies = dict(browser.cookies)
    with watched() as written, zeal_ignore():
        response = browser.post(target, sent)
        page = response.getvalue()
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return response.status_code, page, written if response.status_code == 302 else Counter()


def whole(form, *, untouched):
    """Return the form as somebody fills it in: what a browser sends, and an answer wherever there is none."""
    sent = {name: [value.replace("[…]", WORDS) for value in values] for name, values in form.sent.items()}
    for name, field in [] if untouched else form.fields:
        answer = _answer(name, field) if name in ("text", "title") or sent.get(name, [""]) in ([""], []) else None
        if answer is not None:
            sent[name] = [answer]
    return sent


def _answer(name, field):
    word, kind = name.rpartition("-")[2].rstrip("_0123456789"), kind_of(field)
    if name in TYPED or word in EMPTY or kind in ("hidden", "password"):
        return TYPED.get(name)
    if kind == "checkbox":
        return choices_of(field)[-1] if word in TICKED else None
    if kind in ("radio", "select"):
        return choices_of(field)[-1] if choices_of(field) else None
    return TYPED.get(word, WORDS if kind in TEXTS else None)


def forms_once(world, everybody, *, theirs_too=False):
    """Return each form of the site once, by the address it goes to and its verb, with who sends it."""
    found = {}
    for name, address in SITE.items():
        person = everybody.who_opens(name)
        if OPENED[name][person] == "200":
            for form in forms_of(everybody.opens(name).content, address.path(world.arguments(address))):
                goes_to = resolve(form.target)
                found.setdefault((goes_to.view_name, goes_to.kwargs.get("verb", "")), (everybody[person], form))
    ours = {names: sent for names, sent in found.items() if not NOT_OURS.match(names[0]) and names[0] not in SAVED}
    return found if theirs_too else ours


def press_whole(name, browser, form):
    """Return the form of the last press, all that it sends, and what it writes; some are shown before they count."""
    for _ in range(2):
        sent = whole(form, untouched=name in FILLED)
        status, page, written = press(browser, form.target, sent)
        if status != 200:
            break
        form = next((other for other in forms_of(page, form.target) if other.target == form.target), form)
    return form, sent, written


def spoilt(form, sent):
    """Return, for each field, what kind of field it is, what is wrong with it, and what is sent then."""
    kinds = {name: kind_of(field) for name, field in form.fields}
    for name in [name for name in sent if not SAME_AGAIN.match(name)]:
        kind = kinds.get(name, "hidden")
        yield name, kind, "missing", {other: values for other, values in sent.items() if other != name}
        if any(sent[name]) and kind not in (*TEXTS, "radio", "checkbox"):
            yield name, kind, "empty", {**sent, name: [""]}
        if kind not in TEXTS:
            yield name, kind, "garbled", {**sent, name: ["²"]}


def test_what_is_left_out_never_does_more(world, cast, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # a pause from one minute to the next would end a minute later
    everybody, wrong, tried = Everybody(world, cast), [], set()
    for names, (browser, first) in forms_once(world, everybody).items():
        form, sent, done = press_whole(names[0], browser, first)
        if done:
            tried.add(names)
        for field, kind, how, less in spoilt(form, sent) if done else []:
            status, _, written = press(browser, form.target, less)
            is_blind = kind == "hidden" and field not in HIDDEN_AT_EASE and written
            if status >= 500 or is_blind or (written - done and kind != "checkbox"):
                wrong.append((*names, field, how, status, list(written - done)))
    assert wrong == []
    assert VERBS - {name for name, _ in tried} == set()
    assert {verb for name, verb in tried if name == "admin:comment_decide"} > {"keep", "hide", "remove", "mark_spam"}


NOT_OPEN = ("publish_anyway", "publish_by_hand", "tell_apart")  # to nobody in the world of these tests
VERBS = {
    *(f"admin:submission_{verb}" for verb in DECISIONS if verb not in NOT_OPEN),
    *(f"admin:article_{verb}" for verb in CHANGES),
    *(f"admin:message_{verb}" for verb in ANSWERS),
    *(f"admin:safety_request_{verb}" for verb in SAFETY_FORMS),
    "admin:comments_together", "admin:comment_sanction", "admin:sanction_lift", "admin:discussion",
    "admin:pages_holiday_add",
    "admin:submission_bylines", "admin:accounts_user_change", "admin:pages_sitesettings_change", "submission_sign_off",
}  # fmt: skip
