"""What every template may say about the site, the day and the reader."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from forum.pages.context import site
from forum.pages.models import SiteSettings

pytestmark = pytest.mark.django_db


class Untouchable:
    """A session that nobody may read."""

    def __getattr__(self, name):
        raise AssertionError(f"The session was asked for {name}.")


@pytest.fixture
def request_without_cookie():
    request = RequestFactory().get("/")
    request.session = request.user = Untouchable()
    return request


def test_without_a_session_cookie_there_is_no_reader_and_no_query(
    request_without_cookie, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert site(request_without_cookie)["reader"] is None


def test_settings_cost_one_query_however_often_a_page_asks(request_without_cookie, django_assert_num_queries):
    template = engines["django"].from_string("{{ site.name }} {{ site.tagline }} {{ site.copyright_line }}")
    with django_assert_num_queries(1):
        template.render({}, request_without_cookie)
        assert "Across the Political Spectrum" in template.render({}, request_without_cookie)


def test_a_signed_in_person_is_the_reader_and_a_stale_cookie_is_nobody(rosa, settings):
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.user = rosa
    assert site(request)["reader"] == rosa
    request.user = AnonymousUser()
    assert site(request)["reader"] is None
    del request.user
    assert site(request)["reader"] is None


def test_the_defaults_stand_in_for_a_missing_row():
    SiteSettings.objects.all().delete()
    assert SiteSettings.get().copyright_line.startswith("All Rights Reserved. Copyright 2002 \N{EN DASH} 20")
    assert SiteSettings.get().profiles == []
