"""HTML that a parser could take minutes over is cleaned under limits, and its words are kept."""

import time

import pytest

from forum.lib.text.nesting import is_quick
from forum.lib.text.prose import clean

FONTS = "".join(f"<font color={number}>" for number in range(20_000)) + "Words"
MISNESTED = "<p>" + "".join(f"<b id=a{number}>" for number in range(400)) + "<p>word" * 20_000
HIDDEN_ENDS = [
    "<b><!--</b>-->" * 9_000 + "Words",
    '<b x"y="> </b>">' * 9_000 + "Words",
    "<b><style></b></style>" * 6_000 + "Words",
    "<b><table><td></b></td></table>" * 5_000 + "Words",
]


@pytest.mark.parametrize("html", [FONTS, MISNESTED, *HIDDEN_ENDS])
def test_what_takes_a_parser_long_is_not_quick(html):
    assert not is_quick(html)


def test_it_is_given_up_after_seconds_and_the_words_stay():
    begun = time.monotonic()
    assert "word" in clean(MISNESTED)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words alone",
        "<p>One.</p>" * 5_000,
        "<ul><li>A<li>B</ul>" * 2_000,
        '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>' * 1_000,
        '<p>So.<span class="footnote">See <a href="https://example.org/?a=1&amp;b=2">there</a>.</span></p>' * 500,
    ],
)
def test_a_manuscript_is_quick(html):
    assert is_quick(html)


def test_odd_markup_is_cleaned_in_the_sandbox_as_anywhere():
    assert clean("<p>a < b <!-- no --><em>c</em></p>") == "<p>a &lt; b <em>c</em></p>"
