"""Changes taken and left one by one."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.lib.diff.changes import Comparison, applied, changes
from forum.lib.text.prose import clean
from tests.lib.test_diff import BODY, Balance, words

NOTE = '<span class="footnote">{}</span>'.format
ROWS = "<table><tbody>{}</tbody></table>".format


@pytest.mark.parametrize(
    ("old", "new", "shown", "left"),
    [
        (
            "<p>It rained. A fox, quick and red. It slept.</p>",
            "<p>It rained. A fox, slow and red. It woke.</p>",
            [
                "<p>A fox, <del>quick</del> <ins>slow</ins> and red.</p>",
                "<p>It <del>slept</del> <ins>woke</ins>.</p>",
            ],
            {
                1: "<p>It rained. A fox, quick and red. It woke.</p>",
                2: "<p>It rained. A fox, slow and red. It slept.</p>",
            },
        ),
        (
            "<p>A.</p><p>B.</p>",
            "<p>A.</p><p>B.</p><p>C d.</p>",
            ["<p><ins>C d.</ins></p>"],
            {1: "<p>A.</p><p>B.</p>"},
        ),
        (
            f"<p>A b{NOTE('See one.')} c. D e.</p>",
            f"<p>A b c. D e{NOTE('Or two.')}.</p>",
            None,
            {1: f"<p>A b{NOTE('See one.')} c. D e{NOTE('Or two.')}.</p>", 2: "<p>A b c. D e.</p>"},
        ),
        ("<p>A b. C d.</p><p>E.</p>", "<p>A b.</p><p>C d.</p><p>F.</p>", None, {1: "<p>A b. C d.</p><p>F.</p>"}),
        (
            '<p>See <a href="/a/" title="It">here</a> and now. A.</p>',
            '<p>See <a href="/b/">here</a> and now. B.</p>',
            None,
            {1: '<p>See <a href="/a/" title="It">here</a> and now. B.</p>'},
        ),
        (
            ROWS("<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"),
            ROWS("<tr><td>9</td><td>2</td></tr>"),
            None,
            {
                1: ROWS("<tr><td>1</td><td>2</td></tr>"),
                2: ROWS("<tr><td>9</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"),
            },
        ),
        (
            '<p>A.</p><figure data-picture="aaaaaaaa1"><figcaption>Low sea</figcaption></figure>',
            "<p>B.</p>",
            None,
            {2: '<p>B.</p><figure data-picture="aaaaaaaa1"><figcaption>Low sea</figcaption></figure>'},
        ),
    ],
)
def test_a_change_is_shown_in_its_sentence_and_left_alone(old, new, shown, left):
    if shown:
        assert [change.html for change in changes(old, new)] == shown
    assert {number: applied(old, new, {number}) for number in left} == left


def test_a_title_is_compared_as_a_plain_line():
    line = Comparison.of_lines("War & <b>peace</b> now", "War & <b>peace</b> tonight")
    shown = "War &amp; &lt;b&gt;peace&lt;/b&gt; <del>now</del> <ins>tonight</ins>"
    assert [change.html for change in line.changes()] == [shown]
    assert line.line(set()) == "War & <b>peace</b> tonight"
    assert line.line({1}) == "War & <b>peace</b> now"


@settings(max_examples=150, deadline=None)
@given(BODY, BODY, st.sets(st.integers(1, 12)))
def test_any_choice_gives_a_clean_text_of_just_the_words_chosen(old, new, wanted):
    found = changes(old, new)
    left = wanted & {change.number for change in found}
    text = applied(old, new, left)
    balance = Balance()
    balance.feed(text)
    assert balance.open == []
    assert clean(text[:]) == text
    whole = Comparison.of_bodies(old, new)
    assert words(whole.html(set())) == words(new)
    assert words(whole.html(whole.numbers)) == words(old)
    assert Counter(words(whole.html(left))) == Counter(words(text))


@settings(max_examples=60, deadline=None)
@given(BODY, BODY)
def test_all_taken_is_the_new_text_and_all_left_the_old(old, new):
    numbers = {change.number for change in changes(old, new)}
    assert applied(old, new, set()) == new
    assert not numbers or applied(old, new, numbers) == old
    whole = Comparison.of_bodies(old, new)
    assert clean(whole.html(set())) == new
