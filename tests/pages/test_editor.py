"""Rich text in a form, as the server sees it; `tests/browser` presses its buttons."""

from unittest.mock import patch

import pytest
from django import forms

from forum.lib.editor import BodyEditor

PLAIN = "First paragraph,\nstill the first.\n\nSecond: a < b & c."


class Piece(forms.Form):
    body = BodyEditor()


def cleaned(text):
    form = Piece({"body": text})
    assert form.is_valid(), form.errors
    return form.cleaned_data["body"]


def test_plain_text_becomes_paragraphs_at_its_blank_lines():
    assert cleaned(PLAIN) == "<p>First paragraph,<br>still the first.</p><p>Second: a &lt; b &amp; c.</p>"


def test_marks_typed_into_a_plain_box_leave_its_paragraphs():
    typed = "A <b>bold</b> word,\r\nstill the first.\r\n\r\nSecond: a < b."
    assert cleaned(typed) == "<p>A <strong>bold</strong> word,<br>still the first.</p><p>Second: a &lt; b.</p>"


def test_a_line_end_inside_a_mark_does_no_harm():
    typed = '<a\nhref="https://example.org/"\ntitle="y">Here</a>\n\nand there.'
    assert cleaned(typed) == '<p><a href="https://example.org/" title="y">Here</a></p><p>and there.</p>'


def test_what_is_added_below_the_blocks_in_a_plain_box_has_its_paragraphs_too():
    shown = BodyEditor().widget.format_value("<p>One.</p><ul><li>Two.</li></ul><p>Three.</p>")
    assert shown == "<p>One.</p>\n\n<ul><li>Two.</li></ul>\n\n<p>Three.</p>"
    added = cleaned(shown + "\n\nFour,\nfour.\n\n<em>Five</em>.\n\n")
    assert added == "<p>One.</p><ul><li>Two.</li></ul><p>Three.</p><p>Four,<br>four.</p><p><em>Five</em>.</p>"


def test_html_stays_as_it_is():
    body = '<h2>One</h2><p>Two<span class="footnote">See <em>three</em>.</span></p><ul><li>four</li></ul>'
    assert cleaned(body) == body
    assert cleaned(cleaned(body)) == body


def test_html_is_cleaned():
    hostile = '<p onclick="x()">A<script>alert(1)</script> <a href="javascript:x()">b</a></p>'
    assert cleaned(hostile) == "<p>A b</p>"


def test_too_long_a_text_is_refused_by_us_and_not_cut_by_the_browser():
    field = BodyEditor(max_length=20)
    assert field.widget_attrs(field.widget) == {}
    with pytest.raises(forms.ValidationError):
        field.clean("<p>Twenty letters and more.</p>")
    with patch("forum.lib.editor.clean", side_effect=AssertionError), pytest.raises(forms.ValidationError):
        field.clean("&" * 21)  # cleaning much of it would take long


@pytest.mark.parametrize("nothing", ["", "   ", "<p></p>", "<p> </p><p><br></p>"])
def test_an_empty_editor_is_an_empty_field(nothing):
    form = Piece({"body": nothing})
    assert form.errors == {"body": ["This field is required."]}


def test_a_refused_form_gives_the_typed_text_back():
    assert "still the first" in str(Piece({"body": PLAIN})["body"])


def test_saving_the_same_text_again_is_no_change():
    form = Piece({"body": "<p>Same</p>\n"}, initial={"body": "<p>Same</p>"})
    assert not form.has_changed()


def test_the_browser_is_not_asked_to_insist_on_a_hidden_field():
    assert " required" not in str(Piece()["body"])
