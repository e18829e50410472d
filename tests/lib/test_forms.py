from datetime import timedelta

import pytest
from django import forms
from django.utils import timezone

from forum.lib.forms import NEVER, OPEN_FOR, GuardedForm, Mark, Turn, YesNo


class Note(GuardedForm):
    words = forms.CharField(widget=forms.Textarea)


@pytest.fixture
def minutes_later(monkeypatch):
    """Let time pass between opening and sending."""
    real = timezone.now

    def pass_by(**much):
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**much))

    return pass_by


@pytest.fixture(autouse=True)
def _three_seconds(settings):
    settings.FORM_MIN_SECONDS = 3


def opened():
    """The signed time a page carries."""
    return Note()["opened"].as_widget().split('value="')[1].split('"')[0]


def test_a_person_passes(minutes_later):
    sent = {"words": "Dear editors", "opened": opened(), "website": ""}
    minutes_later(minutes=2)
    assert Note(sent).is_valid()


def test_a_machine_that_fills_everything_is_stopped(minutes_later):
    sent = {"words": "Buy", "opened": opened(), "website": "https://spam.example"}
    minutes_later(minutes=2)
    form = Note(sent)
    assert not form.is_valid()
    assert "cannot see" in form.non_field_errors()[0]


def test_the_trap_is_empty_when_the_form_comes_back(minutes_later):
    sent = {"words": "My letter", "opened": opened(), "website": "filled by a password manager"}
    minutes_later(minutes=2)
    form = Note(sent)
    assert "password manager" not in str(form)
    assert "My letter" in str(form)


def test_too_quick_is_told_and_the_second_try_passes(minutes_later):
    sent = {"words": "Quick", "opened": opened(), "website": ""}
    first = Note(sent)
    assert first.non_field_errors() == ["That was very quick. Please look it over once more, then send it again."]
    again = first["opened"].as_widget().split('value="')[1].split('"')[0]
    minutes_later(seconds=5)
    assert Note({**sent, "opened": again}).is_valid()


@pytest.mark.parametrize("forged", ["", "0", "1700000000:nonsense", "x" * 5000])
def test_a_forged_time_is_replaced_and_the_text_kept(forged):
    form = Note({"words": "Kept", "opened": forged, "website": ""})
    assert "open for very long" in form.non_field_errors()[0]
    assert "Kept" in str(form)
    assert form["opened"].as_widget().split('value="')[1].split('"')[0] != forged


def test_a_page_open_for_weeks_gets_a_new_time(minutes_later):
    old = opened()
    minutes_later(seconds=OPEN_FOR + 60)
    form = Note({"words": "Kept", "opened": old, "website": ""})
    assert "open for very long" in form.non_field_errors()[0]
    assert old not in str(form)


def test_the_trap_is_no_field_to_people():
    form = Note()
    assert [field.name for field in form.visible_fields()] == ["words"]
    trap = form["website"].as_widget()
    assert 'tabindex="-1"' in trap
    assert 'type="text"' in trap


class Opened(forms.Form):
    """What a form of the desk knows beside what is typed."""

    seen, shown = Turn(), Mark(max_length=40)
    waits = YesNo(yes="Waits", no="Appears at once")


@pytest.mark.parametrize("strange", [None, "", " ", "²", "-1", "1.5", "3e2", "9" * 5_000, "one", "1\x00", "31/31/2026"])
def test_what_somebody_had_seen_is_nothing_at_all_where_it_cannot_be_read(strange):
    said = {} if strange is None else {"seen": strange, "shown": f"{strange}\x00", "waits": strange}
    form = Opened(said)
    assert not form.is_valid()
    assert set(form.errors) == {"waits"}
    assert (form.cleaned_data["seen"], form.cleaned_data["shown"]) == (NEVER, "")


def test_what_can_be_read_is_what_it_says():
    for waits in ("yes", "no"):
        form = Opened({"seen": "7", "shown": "now", "waits": waits})
        assert form.is_valid()
        assert form.cleaned_data == {"seen": 7, "shown": "now", "waits": waits == "yes"}
    assert not Opened({"waits": "yes"}, initial={"waits": True}).fields["waits"].has_changed(True, "yes")
    assert 'value="no" required id="id_waits_1" checked' in str(Opened(initial={"waits": False})["waits"])
