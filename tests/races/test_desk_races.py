"""Two editors save one form of the desk at the same moment: one is shown what the other saved."""

import pytest
from django.test import Client

from articles.models import Author
from comments.models import Discussion
from tests.opened import opened
from tests.races.together import together

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("db")]


def at_desk(person):
    browser = Client()
    browser.force_login(person)
    return browser


def save_both(address, people, mine, yours):
    """Let two people open one form and save it at once; return what each is answered."""
    desks = [at_desk(person) for person in people]
    (one, first), (two, second) = [(desk, opened(desk, address)) for desk in desks]
    return together(lambda: one.post(address, first | mine), lambda: two.post(address, second | yours))


def test_of_two_biographies_saved_at_once_one_is_shown_to_the_other(round, edith, eno):
    author = Author.objects.create(name="Nina Novak", slug="nina-novak")
    mine, yours = {"biography": "Teaches law."}, {"biography": "Taught law."}
    answers = save_both(f"/admin/articles/author/{author.pk}/change/", [edith, eno], mine, yours)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    (refused,) = [answer for answer in answers if answer.status_code == 200]
    saved = Author.objects.get().biography
    assert saved == (yours if refused is answers[0] else mine)["biography"]
    verb = saved.split()[0]
    assert f"<del>{verb}</del>" in refused.text


def test_of_two_ends_of_a_discussion_saved_at_once_one_holds(round, article, edith, eno):
    address = f"/admin/comments/discussions/{Discussion.of(article).pk}/"
    answers = save_both(address, [edith, eno], {"closes": "never"}, {"closes": "now"})
    assert [answer.status_code for answer in answers if answer.status_code == 302] == [302]
