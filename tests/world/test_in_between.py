"""What a page found first is gone when it asks the next question: nobody meets an error for it."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F

from accounts.models import Delivery
from alerts.models import Subscriber
from articles.models import Answer, Article, Question, Submission
from comments.models import Comment, ReportCase
from tests import access

TABLE = access.table()


class Interrupted:
    """Lets everything be gone once so many statements of a page were answered."""

    def __init__(self, after):
        self.after, self.answered = after, 0

    def __call__(self, execute, sql, *rest):
        found = execute(sql, *rest)
        if '"django_session"' in sql:
            return found
        self.answered += 1
        if self.answered == self.after:
            gone()
        return found


def gone():
    """Take out of sight what somebody else may take away at any moment."""
    Article.objects.update(status="removed", notice="This piece was removed.", turn=F("turn") + 1)
    Submission.objects.update(status="withdrawn", turn=F("turn") + 1)
    Comment.objects.update(status="withdrawn", turn=F("turn") + 1)
    ReportCase.objects.update(status="moot", turn=F("turn") + 1)
    Answer.objects.all().delete()
    Question.objects.all().delete()
    Subscriber.objects.all().delete()
    Delivery.objects.all().delete()


@pytest.mark.parametrize("is_public", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_no_page_breaks_because_something_is_gone_since_it_asked(is_public, world, cast):
    browsers, broken = {person: access.browser_of(cast.get(person)) for person in access.PEOPLE}, []
    for browser in browsers.values():
        browser.raise_request_exception = False
    for name, address in access.addresses().items():
        if (address.view.cache_class == "public") == is_public:
            browser, path = browsers[opens(name)], address.path(world.arguments(address))
            statements = Interrupted(0)
            assert met(browser, path, statements) < 500, path
            after = range(1, statements.answered + 1)
            broken += [(name, number) for number in after if met(browser, path, Interrupted(number)) >= 500]
    assert broken == []


def opens(name):
    """Return who is asked to open an address: the first of the cast who meets a page there."""
    opened, _ = TABLE[name]
    return next((person for person in access.PEOPLE if opened[person] == "200"), "maggie")


def met(browser, path, interrupted):
    """Return the status of a page; what happens meanwhile is undone."""
    cache.clear()
    with transaction.atomic(), connection.execute_wrapper(interrupted):
        answer = browser.get(path)
        answer.getvalue()
        transaction.set_rollback(True)
    return answer.status_code
