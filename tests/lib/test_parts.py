"""Parts of pages that are made once: by their values alone, and for nobody in particular."""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from django.contrib.auth.models import AnonymousUser
from django.middleware.csrf import get_token
from django.template import Context, Template, TemplateSyntaxError
from django.template.context_processors import csrf
from django.test import RequestFactory
from django.urls import set_script_prefix
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from forum.lib.text.prose import paragraphs
from forum.lib.web.csp import LazyNonce
from forum.lib.web.parts import Parts, parts

NOTICE = "components/_notice.html"


class Told(NamedTuple):
    """Values with names."""

    number: int
    name: str
    html: str


@pytest.fixture
def made(monkeypatch):
    """Return how often a template was asked for."""
    asked = []
    find = "forum.lib.web.parts.get_template"
    real = Template("{{ text }} {{ heading }} {{ request }} {{ user }} {{ csrf_token }} {% csrf_token %}")

    class Made:
        @staticmethod
        def render(told):
            asked.append(told)
            return real.render(Context(told))

    monkeypatch.setattr(find, lambda name: Made)
    return asked


def test_a_part_is_made_once_for_the_same_values(made):
    kept = Parts()
    first, again = (kept.html(NOTICE, {"text": "A promise", "tone": ""}) for _ in range(2))
    assert first is again
    assert len(made) == 1
    assert "Another" in kept.html(NOTICE, {"text": "Another promise", "tone": ""})
    assert len(made) == 2


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ({"text": "<b>A</b>"}, {"text": paragraphs("A")}),
        ({"text": "<p>A</p>"}, {"text": paragraphs("A")}),
        ({"text": (1, "<p>A</p>")}, {"text": (1, paragraphs("A"))}),
        ({"text": 1}, {"text": True}),
        ({"text": "A"}, {"heading": "A"}),
        ({"text": Told(1, "A", "")}, {"text": (1, "A", "")}),
    ],
)
def test_what_equals_and_is_not_the_same_is_made_apart(plain, other, made):
    kept = Parts()
    kept.html(NOTICE, plain)
    kept.html(NOTICE, other)
    assert len(made) == 2


def test_letters_that_look_like_html_stay_letters(made):
    kept = Parts()
    assert "<p>A</p>" in kept.html(NOTICE, {"text": paragraphs("A")})
    assert "&lt;p&gt;A" in kept.html(NOTICE, {"text": "<p>A</p>"})


def test_a_day_is_that_of_the_zone_and_an_address_that_of_the_site(made):
    kept, told = Parts(), {"text": datetime(2026, 5, 1, 23, 30, tzinfo=UTC)}
    for zone in ("UTC", "Asia/Tokyo"):
        with timezone.override(zone):
            kept.html(NOTICE, told)
    set_script_prefix("/elsewhere/")
    try:
        kept.html(NOTICE, told)
    finally:
        set_script_prefix("/")
    assert len(made) == 3


def unkept(rosa):
    """Return what may never come into a part, by its name."""
    request = RequestFactory().get("/")
    request.user = rosa
    return {
        "a person": rosa,
        "a stranger": AnonymousUser(),
        "a lazy person": SimpleLazyObject(lambda: rosa),
        "a request": request,
        "a token": csrf(request)["csrf_token"],
        "a nonce": LazyNonce(),
        "a list": ["a name"],
        "a person in a tuple": (1, (2, rosa)),
        "HTML deep down": ((("x", paragraphs("y")),),),
    }


WHAT = list(unkept(None))


@pytest.mark.parametrize("what", WHAT)
def test_no_person_token_or_row_comes_into_a_part(what, rosa):
    with pytest.raises(TypeError):
        Parts().html(NOTICE, {"text": unkept(rosa)[what]})


def test_a_part_knows_nothing_of_who_reads(made, rosa):
    request = RequestFactory().get("/")
    request.user = rosa
    token = get_token(request)
    page = Template('{% load parts %}{% part "components/_notice.html" text="Hello" %}')
    html = page.render(Context({"request": request, "user": rosa, "csrf_token": token}))
    parts.lately.clear()
    assert made == [{"text": "Hello"}]
    assert token not in html
    assert "Rosa" not in html
    assert "csrf" not in html


def test_each_of_several_is_a_part_of_its_own(made):
    page = Template('{% load parts %}{% parts "components/_notice.html" text=words %}')
    html = page.render(Context({"words": ["<b>one</b>", "two", "two"]}))
    parts.lately.clear()
    assert made == [{"text": "<b>one</b>"}, {"text": "two"}]
    assert html.count("&lt;b&gt;one") == 1
    assert html.count("two") == 2


@pytest.mark.parametrize("tag", ['part name text="A"', 'part "a.html" text', 'parts "a.html" text=a tone=b'])
def test_a_part_is_written_as_it_is_meant(tag):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load parts %}{% " + tag + " %}")


def test_there_is_room_for_the_last_ones(made):
    kept = Parts(room=1500)
    for number in (1, 2, 1, 3, 4, 5, 6, 7, 1):
        kept.html(NOTICE, {"text": f"{number} " + "x" * 100})
    assert kept.lately.taken <= 1500
    assert 0 < len(kept.lately) < 7
    before = len(made)
    kept.html(NOTICE, {"text": "1 " + "x" * 100})
    assert len(made) == before
    kept.html(NOTICE, {"text": "z" * 2000})
    assert kept.lately.taken <= 1500
