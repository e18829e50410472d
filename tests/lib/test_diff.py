import random
import re
import time
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.lib.diff.compare import changed, compare, summary
from forum.lib.diff.edits import edit, shortest_edit
from forum.lib.text.prose import clean, plain


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>A fox, quick.</p>", "<p>A fox, slow.</p>", "<p>A fox, <del>quick</del> <ins>slow</ins>.</p>"),
        ("<p>A.</p>", "<p>A.</p><p>B c.</p>", "<p>A.</p><p><ins>B c.</ins></p>"),
        ("<p>A.</p><p>B.</p><p>C.</p>", "<p>A.</p><p>C.</p>", "<p>A.</p><p><del>B.</del></p><p>C.</p>"),
        ("<p>A b.</p><p>C d.</p>", "<p>A b. C d.</p>", "<p>A b.<del>¶</del> C d.</p>"),
        ("<p>A b. C d.</p>", "<p>A b.</p><p>C d.</p>", "<p>A b.</p><p><ins>¶</ins>C d.</p>"),
        ("<p>A word.</p>", "<p>A <em>word</em>.</p>", "<p>A <del>word</del> <em><ins>word</ins></em>.</p>"),
        (
            '<p>A<span class="footnote">See one.</span></p>',
            '<p>A<span class="footnote">See two.</span></p>',
            '<p>A<span class="footnote">See <del>one</del> <ins>two</ins>.</span></p>',
        ),
        (
            "<p>A</p>",
            '<p>A<span class="footnote">New.</span></p>',
            '<p>A<span class="footnote"><ins>New.</ins></span></p>',
        ),
        (
            '<p><a href="/a/">A</a></p>',
            '<p><a href="/b/">A</a></p>',
            '<p><a href="/a/"><del>A</del></a><a href="/b/"><ins>A</ins></a></p>',
        ),
        (
            "<ul><li>a</li><li>b</li><li>c</li></ul>",
            "<ul><li>a</li><li>c</li></ul>",
            "<ul><li>a</li><li><del>b</del></li><li>c</li></ul>",
        ),
        (
            "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
            "<table><tbody><tr><td>1</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></tbody></table>",
            (
                "<table><tbody><tr><td>1</td><td><del>2</del><ins>3</ins></td></tr>"
                "<tr><td><ins>4</ins></td><td><ins>5</ins></td></tr></tbody></table>"
            ),
        ),
        (
            '<figure data-picture="aaaaaaaa1"><figcaption>Sea</figcaption></figure>',
            '<figure data-picture="aaaaaaaa1"><figcaption>Low sea</figcaption></figure>',
            "<figure>[Picture aaaaaa]<figcaption><del>Sea</del><ins>Low sea</ins></figcaption></figure>",
        ),
        ("<p>a</p><hr>", "<p>a</p>", "<p>a</p><del><hr></del>"),
        ("<p>1 &lt; 2</p>", "<p>1 &lt; 3</p>", "<p>1 &lt; <del>2</del> <ins>3</ins></p>"),
    ],
)
def test_a_change_is_marked_where_it_was_made(old, new, shown):
    assert compare(old, new) == shown
    assert isinstance(compare(old, new), SafeString)


def test_another_picture_is_a_change():
    old, new = (
        f'<figure data-picture="{key}"><figcaption>Sea</figcaption></figure>' for key in ("a" * 8, "b" * 8)
    )
    assert "<del>[Picture aaaaaa]</del>" in compare(old, new)
    assert "<ins>[Picture bbbbbb]</ins>" in compare(old, new)
    assert changed(old, new)
    assert not changed(old, old)


def test_nothing_changed_means_nothing_marked():
    body = clean(
        "<h2>H</h2><p>a <em>b</em></p><ol start=2><li>c<ul><li>d</li></ul></li></ol><pre>x\n  y</pre>"
    )
    assert compare(body, body) == body


def test_added_and_removed_words_are_counted():
    assert summary("<p>One two, three.</p>", "<p>One four — five three!</p>") == (2, 1)


WORDS = st.sampled_from(["a", "b", "c", "d.", "é", "1"])
PHRASE = st.one_of(
    WORDS,
    WORDS.map("<em>{}</em>".format),
    WORDS.map("<strong>x {}</strong>".format),
    WORDS.map('<a href="/{}">l</a>'.format),
    WORDS.map('<span class="footnote">n {}</span>'.format),
    st.just("<br>"),
)
LINE = st.lists(PHRASE, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    LINE.map("<p>{}</p>".format),
    LINE.map("<h2>{}</h2>".format),
    LINE.map("<blockquote><p>{0}</p><p>{0}</p></blockquote>".format),
    LINE.map("<ul><li>{0}</li><li>b<ol><li>{0}</li></ol></li></ul>".format),
    st.just("<hr>"),
    LINE.map("<table><tr><th>{0}</th><td>b</td></tr><tr><td>{0}</td></tr></table>".format),
    LINE.map("<pre>  {}\n b</pre>".format),
    LINE.map('<figure data-picture="abcdefgh"><figcaption>{}</figcaption></figure>'.format),
)
BODY = st.lists(BLOCK, max_size=5).map("".join).map(clean)


class Balance(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "hr"}:
            assert not (tag == "p" and "p" in self.open)
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def words(html):
    text = re.sub(r"¶|\[Picture \w*\]", " ", plain(re.sub("<[^>]*>", " ", html)))
    return re.findall(r"\w+|[^\w\s]", text)


@settings(max_examples=100, deadline=None)
@given(BODY, BODY)
def test_either_text_can_be_read_out_of_the_comparison(old, new):
    html = compare(old, new)
    balance = Balance()
    balance.feed(html)
    assert balance.open == []
    assert words(re.sub("<del>.*?</del>", " ", html, flags=re.DOTALL)) == words(new)
    assert words(re.sub("<ins>.*?</ins>", " ", html, flags=re.DOTALL)) == words(old)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=12), st.lists(st.integers(0, 3), max_size=12))
def test_the_edit_is_the_shortest(old, new):
    steps = shortest_edit(old, new, 100)
    assert [old[i] for kind, i, _ in steps if kind != "+"] == old
    assert [new[j] for kind, _, j in steps if kind != "-"] == new
    assert sum(kind == "=" for kind, *_ in steps) == most_in_common(old, new)


def most_in_common(old, new):
    """The length of the longest common subsequence, by the slow and obvious table."""
    row = [0] * (len(new) + 1)
    for item in old:
        following = [0]
        for j, other in enumerate(new):
            following.append(row[j] + 1 if item == other else max(following[-1], row[j + 1]))
        row = following
    return row[-1]


def prose(seed, size, paragraph=80):
    chance = random.Random(seed)
    row = [f"word{chance.randrange(3_000)}" for _ in range(size)]
    return row, "".join(f"<p>{' '.join(row[i : i + paragraph])}</p>" for i in range(0, size, paragraph))


@pytest.mark.parametrize("paragraph", [4, 80, 10_000])
def test_two_long_texts_without_anything_in_common_end_in_time(paragraph):
    old, new = prose(1, 10_000, paragraph)[1], prose(2, 10_000, paragraph)[1]
    start = time.process_time()
    html = compare(old, new)
    assert time.process_time() - start < 5  # about one second; slow machines are patient too
    assert words(re.sub("<del>.*?</del>", " ", html)) == words(new)


def test_a_long_text_with_many_changes_is_still_compared_word_by_word():
    row, old = prose(1, 10_000)
    chance = random.Random(3)
    for _ in range(1_500):
        row[chance.randrange(len(row))] = "changed"
    new = "".join(f"<p>{' '.join(row[i : i + 80])}</p>" for i in range(0, len(row), 80))
    added, removed = summary(old, new)
    assert added == removed < 2_000


def test_long_edits_are_whole():
    chance = random.Random(5)
    old, new = ([chance.randrange(50) for _ in range(4_000)] for _ in range(2))
    steps = edit(old, new)
    assert [i for kind, i, _ in steps if kind != "+"] == list(range(4_000))
    assert [j for kind, _, j in steps if kind != "-"] == list(range(4_000))


def test_texts_too_long_to_weigh_every_pair_are_held_together_by_what_stands_once_in_both(monkeypatch):
    monkeypatch.setattr("forum.lib.diff.edits.MOST_PAIRS", 2_500)
    old, new = [*range(60)], [*range(20), 99, *range(20, 40), *range(41, 60)]
    assert shortest_edit(old, new, 100) is None
    assert [step for step in edit(old, new) if step[0] != "="] == [("+", 20, 20), ("-", 40, 41)]
