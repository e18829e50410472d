"""Notes stay beside their paragraph, whatever happens to the rest of the text."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.lib.text.paragraphs import margin, paragraphs_of, place
from forum.lib.text.prose import render

WORDS = st.text("abcdefgh", min_size=1, max_size=4)
PARAGRAPH = st.lists(WORDS, min_size=6, max_size=12).map(" ".join)
TEXTS = st.lists(PARAGRAPH, min_size=1, max_size=8, unique=True)
MANY = settings(max_examples=60, deadline=None, database=None)


@dataclass
class Note:
    quote: str
    number: int = 1


def shown(paragraphs):
    return render("".join(f"<p>{text}</p>" for text in paragraphs))


@MANY
@given(TEXTS, TEXTS, TEXTS)
def test_a_note_stays_beside_its_words_whatever_is_written_around_them(before, after, others):
    words = "the very words that the note was written about"
    number = len(before) + 1
    found = place(Note(words, number), paragraphs_of(shown([*others, words, *after])))
    assert (found.number, found.changed) == (len(others) + 1, False)


@MANY
@given(TEXTS, TEXTS, st.integers(0, 8))
def test_a_note_finds_its_paragraph_after_a_word_of_it_changed_and_says_so(others, after, at):
    words = ["THE", "VERY", "WORDS", "THAT", "IT", "WAS", "WRITTEN", "ABOUT", "THEN"]
    edited = [*words[:at], "OTHERWISE", *words[at + 1 :]]
    found = place(Note(" ".join(words), 3), paragraphs_of(shown([*others, " ".join(edited), *after])))
    assert (found.number, found.changed) == (len(others) + 1, True)


@MANY
@given(TEXTS)
def test_the_blocks_of_a_margin_make_up_the_whole_text(texts):
    html = render(f"<h2>Head</h2><ul><li>{texts[0]}</li></ul>" + "".join(f"<p>{text}</p>" for text in texts))
    assert "".join(block.html for block in margin(html, []).blocks) == html


def test_whatever_one_can_point_at_has_a_number():
    body = (
        "<h2>Head</h2><p>One<span class='footnote'>A source.</span> is said.</p>"
        "<ul><li>First<ul><li>Inner</li></ul></li><li>Second</li></ul><blockquote><p>Quoted</p></blockquote>"
        "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table><figure data-picture='0'></figure>"
    )
    texts = [paragraph.text for paragraph in paragraphs_of(render(body))]
    assert texts == ["Head", "One is said.", "First", "Inner", "Second", "Quoted", "1 2", "Picture", "A source."]


def test_of_two_paragraphs_with_the_same_words_the_nearer_one_is_meant():
    text = paragraphs_of(shown(["Yes.", "Other words.", "Yes."]))
    assert [place(Note("Yes.", number), text).number for number in (1, 3)] == [1, 3]


def test_a_note_whose_paragraph_is_gone_is_not_put_elsewhere():
    found = margin(shown(["Something else entirely."]), [Note("The treaty was signed in March."), Note("")])
    assert [note.quote for note in found.gone] == ["The treaty was signed in March."]
    assert [note.quote for note in found.whole] == [""]
    assert found.blocks[0].notes == []


def test_a_new_footnote_changes_no_paragraph_elsewhere():
    before = render("<p>One<span class='footnote'>A.</span></p><p>Two<span class='footnote'>B.</span></p>")
    after = render("<p>One</p><p>Two<span class='footnote'>B.</span></p>")
    note = Note(paragraphs_of(before)[1].text, 2)
    assert place(note, paragraphs_of(after)).changed is False
