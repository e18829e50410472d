"""What is remembered from one page for the next knows of nobody."""

from django.template import Context, engines
from django.test import RequestFactory
from django.utils.formats import date_format
from django.utils.timezone import localdate

PART = "{% load remembering %}{% remember part %}{{ today }}{{ reader }}{{ csrf_token }}{{ planted }}{% endremember %}"


def test_a_part_that_is_remembered_is_given_the_date_and_no_person(rosa):
    said = {"reader": rosa, "planted": "planted", "csrf_token": "token"}
    page = engines["django"].from_string(PART).render(said, RequestFactory().get("/"))
    assert page == date_format(localdate())


def test_a_page_without_a_request_has_its_parts_too():
    assert engines["django"].from_string(PART).template.render(Context({"today": "Monday"})) == "Monday"
