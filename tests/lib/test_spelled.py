"""Strings compared to the character."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.lib.diff.spelled import spelled


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Mr Smith came.", "Mr Smyth came.", "Mr Sm<del>i</del><ins>y</ins>th came."),
        ("two words", "two\u00a0words", "two<del>␣</del><ins>[no-break space]</ins>words"),
        ("<p>A</p>", "<p>A&lt;</p>", "&lt;p&gt;A<ins>&amp;lt;</ins>&lt;/p&gt;"),
        ("x" * 200 + " a", "x" * 200 + " b", "…" + "x" * 59 + " <del>a</del><ins>b</ins>"),
        ("a", "a\u200b", "a<ins>[zero width space]</ins>"),
    ],
)
def test_what_changed_can_be_seen(old, new, shown):
    assert spelled(old, new) == shown


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab <&\n", max_size=12), st.text(alphabet="ab <&\n", max_size=12))
def test_strings_that_differ_always_show_a_mark(old, new):
    marked = re.findall("<(ins|del)>", spelled(old, new))
    assert bool(marked) == (old != new)
