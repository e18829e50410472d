import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.utils.safestring import SafeString
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum.lib.text.prose import (
    BodyField,
    FinishedField,
    clean,
    count_words,
    excerpt,
    finished,
    normalise,
    paragraphs,
    plain,
    reading_minutes,
    render,
)

NOTE = '<span class="footnote">See <em>Treaty</em>.</span>'


@pytest.mark.parametrize(
    ("given_html", "cleaned"),
    [
        (
            "<p>Plain <b>bold</b> and <i>slanted</i></p>",
            "<p>Plain <strong>bold</strong> and <em>slanted</em></p>",
        ),
        ("<h1>One</h1><h5>Five</h5>", "<h2>One</h2><h4>Five</h4>"),
        ("loose<div>boxed</div>end", "<p>loose</p><p>boxed</p><p>end</p>"),
        ("<p>one<br><br>two<br>three<br></p>", "<p>one</p><p>two<br>three</p>"),
        ("<p>  much \n  space </p><p>&nbsp;</p><p><em> </em></p>", "<p>much space</p>"),
        ("<p>a\u00a0:</p>", "<p>a\u00a0:</p>"),
        ("<b><p>pasted</p><p>whole</p></b>", "<p>pasted</p><p>whole</p>"),
        ("<em>a</em><em>b</em>", "<p><em>ab</em></p>"),
        ("<ul><li><p>a</p></li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ('<ol start="3"><li>c</li></ol>', '<ol start="3"><li>c</li></ol>'),
        ("<blockquote>said</blockquote>", "<blockquote><p>said</p></blockquote>"),
        ("<pre>\n  kept\n    so\n</pre>", "<pre>  kept\n    so</pre>"),
        ('<p dir="RTL" lang="fa" style="x">a</p>', '<p dir="rtl" lang="fa">a</p>'),
        ('<div dir="rtl"><p>a</p></div>', '<p dir="rtl">a</p>'),
        (
            "<p><sup>2</sup><sub>3</sub><code>x</code><hr></p>",
            "<p><sup>2</sup><sub>3</sub><code>x</code></p><hr>",
        ),
        ("<script>alert(1)</script><style>p{}</style><p onclick=x>a<!-- b --></p>", "<p>a</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_every_kind_of_html_takes_its_one_form(given_html, cleaned):
    assert clean(given_html) == cleaned


def test_a_table_keeps_its_head_its_caption_and_its_spans():
    html = (
        "<table style=x><caption>Votes</caption><thead><tr><th scope=col>State</th></tr></thead>"
        "<tr><td colspan=2 rowspan=1>A</td></tr></table>"
    )
    assert clean(html) == (
        '<table><caption>Votes</caption><thead><tr><th scope="col">State</th></tr></thead>'
        '<tbody><tr><td colspan="2">A</td></tr></tbody></table>'
    )


def test_a_footnote_stands_inline_and_holds_phrases_only():
    assert clean('<p>Word<span class="x footnote">See <i>Treaty</i><br>.</span></p>') == (
        '<p>Word<span class="footnote">See <em>Treaty</em> .</span></p>'
    )
    assert clean("<p>a<span class=other>b</span><span class=footnote> </span></p>") == "<p>ab</p>"


def test_a_footnote_in_a_footnote_becomes_part_of_it():
    html = "<p>a<span class=footnote>b<span class=footnote>c</span></span></p>"
    assert clean(html) == '<p>a<span class="footnote">b c</span></p>'


def test_a_footnote_in_a_link_moves_behind_the_link():
    html = '<p><a href="https://a.org/">x<em>y<span class=footnote>n</span></em></a></p>'
    assert clean(html) == '<p><a href="https://a.org/">x<em>y</em></a><span class="footnote">n</span></p>'


def test_a_picture_stands_as_a_figure_and_bare_images_go():
    figure = '<figure data-picture="abcdef0123"><figcaption>Sea</figcaption></figure>'
    assert clean(f'<img src="https://a.org/x.png">{figure}') == figure
    assert clean('<figure data-picture="../x"><figcaption>Sea</figcaption></figure>') == "<p>Sea</p>"


@pytest.mark.parametrize(
    "address", ["https://a.org/b?c=d", "http://a.org", "mailto:desk@a.org", "/articles/2024/x/"]
)
def test_a_plain_address_is_kept(address):
    assert clean(f'<p><a href="{address}">x</a></p>') == f'<p><a href="{address}">x</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVa\tScript:alert(1)",
        " data:text/html,x",
        "vbscript:x",
        "tel:+123",
        "#top",
        "b.html",
        "//evil.org",
        "\\\\evil.org",
        "/\\evil.org",
        "/\t/evil.org",
        "https:\\\\evil.org",
        "https://",
        "https:///x",
        "https://user:pw@evil.org/",
        "https://a.org@evil.org",
        "https://a.org\u202e/",
        "http://[x",
        "mailto:",
        "https://a.org/\u200bb",
        "mailto:a@b.org?bcc=c@d.org",
    ],
)
def test_a_tricky_address_loses_its_link_and_keeps_its_words(address):
    assert clean(f'<p><a href="{address}">x</a></p>') == "<p>x</p>"


def test_a_combining_character_cannot_eat_a_tag():
    assert clean("<p>\u0338a</p>") == "<p>\u0338a</p>"


def test_hidden_direction_marks_and_controls_go():
    assert clean("<p>a\u202eb\x00c\u2066d</p>") == "<p>abcd</p>"


def test_deep_nesting_and_floods_of_tags_end_quickly_and_keep_their_words():
    assert "deep" in clean("<blockquote>" * 2_000 + "deep")
    assert "deep" in clean("<blockquote>" * 60_000 + "deep")
    assert "deep" in clean("<b><i>" * 5_000 + "deep")


TAGS = [
    "p",
    "div",
    "b",
    "em",
    "a",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tr",
    "td",
    "th",
    "caption",
    "h1",
    "h3",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "br",
    "hr",
    "code",
    "sup",
    "section",
    "dl",
    "dd",
    "svg",
    "tfoot",
]
ATTRIBUTES = [
    "",
    ' class="footnote"',
    ' href="https://a.org/?b=1&amp;c"',
    ' data-picture="abcdefgh"',
    ' dir="rtl"',
    ' start="4"',
    ' colspan="3"',
    ' href="javascript:x"',
    ' title="&quot;&lt;"',
]
TEXTS = [
    "a",
    " ",
    "b c",
    "\u00a0",
    "&nbsp; d",
    "\n",
    "&lt;b&gt;",
    "&amp;amp;",
    "\u0338",
    "e\u0301",
    "\u202e",
    "é",
    "<",
    "&",
]
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(TEXTS),
    st.text(max_size=4),
)
HTML = st.lists(PIECES, max_size=25).map("".join)


@settings(max_examples=100, deadline=None)
@given(HTML)
@example("<li><p>a</p><pre>\n\n</pre>")
def test_cleaning_twice_changes_nothing(html):
    once = clean(html)
    assert clean(once[:]) == once
    assert "javascript" not in re.sub(">[^<]*<", "><", once)
    assert finished(render(once)[:]) == render(once)
    plain(once, notes=True), count_words(once), excerpt(once)


def test_notes_are_numbered_and_linked_both_ways():
    html = render(f'<p>One{NOTE} two<span class="footnote">Second.</span></p>')
    assert html == (
        '<p>One<sup class="footnote-mark">'
        '<a id="fnref-1" href="#fn-1" role="doc-noteref" aria-label="Note 1">1</a></sup>'
        ' two<sup class="footnote-mark">'
        '<a id="fnref-2" href="#fn-2" role="doc-noteref" aria-label="Note 2">2</a></sup></p>'
        '<section class="footnotes" role="doc-endnotes" aria-label="Notes"><ol>'
        '<li id="fn-1">See <em>Treaty</em>. '
        '<a href="#fnref-1" role="doc-backlink" aria-label="Back to note 1 in the text">↩</a></li>'
        '<li id="fn-2">Second. '
        '<a href="#fnref-2" role="doc-backlink" aria-label="Back to note 2 in the text">↩</a></li>'
        "</ol></section>"
    )
    assert isinstance(html, SafeString)


def test_headings_get_names_of_their_own():
    html = render(f"<h2>What now?{NOTE}</h2><h3>What now?</h3><h2>!</h2><h4>x</h4>")
    assert re.findall(r' id="(h[^"]*)"', html) == ["h-what-now", "h-what-now-2", "h-section"]


def test_a_table_can_be_scrolled_by_keyboard():
    html = render("<table><tbody><tr><td>a</td></tr></tbody></table>")
    assert html.startswith('<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>')


def test_a_figure_is_shown_with_its_sources_caption_and_credit():
    sea = SimpleNamespace(
        alt='The "sea"',
        credit="A. Painter",
        width=960,
        height=640,
        fallback="/pictures/1.jpg",
        sources=[("image/avif", "/pictures/1-480.avif 480w, /pictures/1-960.avif 960w")],
    )
    html = render(
        '<figure data-picture="abcdefgh"><figcaption>Low tide</figcaption></figure>', {"abcdefgh": sea}
    )
    assert html == (
        '<figure><picture><source type="image/avif" '
        'srcset="/pictures/1-480.avif 480w, /pictures/1-960.avif 960w" '
        'sizes="(min-width: 44rem) 42rem, 100vw"><img src="/pictures/1.jpg" alt="The &quot;sea&quot;" '
        'width="960" height="640" loading="lazy" decoding="async"></picture>'
        '<figcaption>Low tide <small class="credit">A. Painter</small></figcaption></figure>'
    )


def test_a_figure_without_its_picture_shows_the_caption_only():
    html = render('<figure data-picture="abcdefgh"><figcaption>Low tide</figcaption></figure>')
    assert html == '<figure class="figure-pending"><figcaption>Low tide</figcaption></figure>'


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://tracker.org/x.gif">',
        '<img src="//tracker.org/x.gif">',
        '<img src="/x.gif" onerror="x">',
        '<source srcset="/a.avif 480w, https://tracker.org/x 960w">',
        '<p id="csrf">x</p>',
        '<a href="#main">x</a>',
        '<div class="masthead" role="banner">x</div>',
        "<form><input></form>",
        '<p style="x">x</p>',
        "<script>x</script>",
    ],
)
def test_finished_html_loses_what_may_not_be_shown(html):
    left = finished(html)
    assert not re.search(r"tracker|onerror|csrf|#main|masthead|banner|form|style|script", left)


def test_fields_store_only_what_is_clean_and_the_instance_holds_the_same():
    body, page = BodyField(), FinishedField()
    body.set_attributes_from_name("body")
    page.set_attributes_from_name("page")
    row = SimpleNamespace(body="<p onclick=x>a", page="<p onclick=x>a</p>")
    assert body.pre_save(row, add=True) == row.body == "<p>a</p>"
    assert page.pre_save(row, add=True) == row.page == "<p>a</p>"
    assert isinstance(row.page, SafeString)
    assert isinstance(page.from_db_value("<p>a</p>", None, None), SafeString)
    assert (
        body.get_prep_value(None) is page.get_prep_value(None) is page.from_db_value(None, None, None) is None
    )
    assert body.deconstruct()[1] == "forum.lib.text.prose.BodyField"
    assert page.deconstruct()[1] == "forum.lib.text.prose.FinishedField"


BODY = (
    f"<h2>Head</h2><p>One two{NOTE} — three<br>four.</p><ul><li>five</li></ul>"
    "<table><tbody><tr><td>6</td><td>7</td></tr></tbody></table>"
)


def test_plain_text_has_a_line_for_each_block_and_notes_if_asked_for():
    assert plain(BODY) == "Head\nOne two — three\nfour.\nfive\n6 7"
    assert "One two [See Treaty.] — three" in plain(BODY, notes=True)
    assert plain(render(BODY)) == plain(BODY)


def test_words_are_counted_without_notes_and_dashes():
    assert count_words(BODY) == 8
    assert count_words("<p>word—word it\u2019s 3.5%</p>") == 4
    assert count_words("") == 0


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (460, 2), (3000, 13)])
def test_reading_takes_a_minute_for_230_words(words, minutes):
    assert reading_minutes(words) == minutes


def test_an_excerpt_is_the_first_running_words():
    assert excerpt(BODY) == "One two — three four."
    assert excerpt("<p>one two three</p>", words=2) == "one two…"


def test_letters_become_paragraphs_quotations_and_links():
    html = paragraphs("Dear <b>\neditor,\r\n\r\n> you said\n>> this\nI say (https://a.org/b_(c)), no.\n\n\n")
    link = '<a href="https://a.org/b_(c)" rel="nofollow ugc noopener">https://a.org/b_(c)</a>'
    assert html == (
        "<p>Dear &lt;b&gt;<br>editor,</p><blockquote><p>you said<br>this</p></blockquote>"
        f"<p>I say ({link}), no.</p>"
    )
    assert isinstance(html, SafeString)


def test_letters_link_nothing_but_plain_web_addresses():
    assert paragraphs("javascript:x https://u:p@a.org/") == "<p>javascript:x https://u:p@a.org/</p>"
    assert paragraphs('http://a.org/"onclick=x') == (
        '<p><a href="http://a.org/" rel="nofollow ugc noopener">http://a.org/</a>&quot;onclick=x</p>'
    )


LETTERS = [">", "\n", " ", "https://a.org/", "<", "&", ")", "(", "\u2028", "a"]


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(LETTERS)).map("".join)))
def test_any_unicode_becomes_safe_paragraphs(text):
    html = paragraphs(text)
    assert unescape(finished(html)) == unescape(html)
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "br", "blockquote", "a"}
    html.encode()
    assert normalise(normalise(text)) == normalise(text)


def test_text_is_normalised():
    assert normalise(" e\u0301\r\nb\u202ec\x07\ud800\u2028d ") == "é\nbc\nd"
