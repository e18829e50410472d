"""What is typed on one line keeps nothing that nobody sees, in whichever form of the site."""

import pytest
from django import forms
from django.contrib.admin.sites import site
from django.urls import get_resolver

from forum.lib.forms import Line, Name
from forum.lib.text.characters import without_unseen

SPARED = {("CodeForm", "code"), ("KeepingForm", "place")}  # six digits, and an address that a script sends


def kinds(form):
    """Return every class of form of ours; those of signing in are allauth's, and seen by nobody else."""
    for kind in form.__subclasses__():
        app = kind.__module__.partition(".")[0]
        if app in {"forum", "accounts", "articles", "comments", "alerts"} and kind.__module__ != "accounts.entrance":
            yield kind
        yield from kinds(kind)


def lines(kind):
    """Return the fields of a form in which people type one line."""
    for name, field in kind.base_fields.items():
        is_line = type(field.widget).__name__.endswith(("TextInput", "SearchInput"))
        if is_line and type(field) in (forms.CharField, Line, Name):
            yield name, field


def test_every_line_of_every_form_is_one(rf, ada):
    get_resolver().url_patterns  # noqa: B018 (loads every form there is)
    request = rf.get("/")
    request.user = ada
    at_desk = [admin.get_form(request) for admin in site._registry.values()]
    found = {(k.__name__, name): type(field) for k in [*kinds(forms.Form), *at_desk] for name, field in lines(k)}
    assert len(found) > 30
    assert {where for where, kind in found.items() if kind not in (Line, Name)} - SPARED == set()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Edith\u200bVance", "EdithVance"),
        ("\u202eecnaV", "ecnaV"),
        ("co\u00adoperate\ufeff", "cooperate"),
        ("\u3164\u2800", ""),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("a\u200db", "ab"),
        ("\u9089\U000e0100", "\u9089\U000e0100"),
        ("Zo\u00eb O\u2019Hara", "Zo\u00eb O\u2019Hara"),
    ],
)
def test_what_nobody_sees_is_dropped_and_what_a_script_needs_stays(typed, kept):
    assert without_unseen(typed) == kept
