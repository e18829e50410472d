"""What makes a comment wait, and that nothing automatic does more than that."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from comments import screening
from comments.models import Comment, Discussion, Trust, WordList
from comments.models.screened import screened
from comments.screening import HELD_FOR, is_trusted, spoken
from comments.workflow import APPEAL, COMMENT, REPORT_CASE, SANCTION, WORD_LIST
from forum.lib.moves import CLOCK, SCREEN
from tests.comments.making import WORDS, a_comment, a_published, a_reported, a_rule, a_sanction, an_appeal

LIST = "ass\nnig\npaki\ncunt\nscum\ntraitors\nStraßenköter\ngo back where you came from\nवह\n50 cent army"
LEFT = [
    "The embassy in Niamey was closed, and Niger, not Nigeria, had to assess what was left of its classrooms.",
    "Public housing in Scunthorpe was sold off cheaply; that was a class decision and Parliament passed it.",
    "Sanctions that starve a population are a crime, whoever signs them, and I say so as a social democrat.",
    "You came from a safe country; families who go back now go back to a war.",
]
RIGHT = [
    "Massive deficits are an assault on our grandchildren, and no assembly should pass this budget.",
    "A state that cannot say who crosses its border has no policy, only a press office and an Assad problem.",
    "Traitorous is a strong word for a treaty; unwise, costly and unenforceable are enough for me.",
    "The scummy water in the harbour is a local failure, not capitalism’s, and the mayor of Penistone knows it.",
]
HELD = {
    "Only an ASS would sign this.": ["ass"],
    "They are scum, and so are you!": ["scum"],
    "Go back\nwhere you came -- from.": ["go back where you came from"],
    "go,back  where you  came from": ["go back where you came from"],
    "What scum, what traitors.": ["scum", "traitors"],
    "ＳＣＵＭ, all of them.": ["scum"],
    "ｓｃｕｍ": ["scum"],
    "s\u200bc\u200cu\u200dm": ["scum"],
    "sc\u00adum, sc\u2060um, \ufeffscum": ["scum"],
    "s\u034fcu\ufe0fm": ["scum"],
    "STRASSENKÖTER!": ["Straßenköter"],
    "Strassenko\u0308ter": ["Straßenköter"],
    "#scum_": ["scum"],
    "(ass's ears)": ["ass"],
    "a 50-cent army": ["50 cent army"],
}


@pytest.fixture
def words():
    return WordList(words=LIST)


@pytest.fixture
def trusted(rosa, mina):
    """Rosa, whose comments need not wait."""
    Trust.give(rosa, by=mina)
    return rosa


def held_for(comment):
    """Return which rule holds a comment, and see that it stands in words too."""
    assert comment.is_held == bool(comment.current.held_for)
    assert bool(comment.held_for) == comment.is_held
    return comment.current.held_for


@pytest.mark.parametrize("text", [*LEFT, *RIGHT])
def test_what_people_argue_on_either_side_holds_nothing_by_a_part_of_a_word(text, words):
    assert words.matches(text) == []


@pytest.mark.parametrize("text", HELD)
def test_a_word_is_found_however_it_is_written(text, words):
    assert words.matches(text) == HELD[text]


PARTS = ["embassy", "Niger", "Nigeria", "Pakistan", "Scunthorpe", "class", "assassin", "scums", "traitor"]


@pytest.mark.parametrize("text", PARTS)
def test_a_part_of_a_word_is_never_found(text, words):
    assert words.matches(text) == words.matches(text.upper()) == []


def test_a_mark_belongs_to_its_letter_so_that_words_of_other_scripts_stay_whole(words):
    assert words.matches("वह आया") == ["वह"]
    assert words.matches("वहाँ कोई नहीं था") == []
    assert spoken("हिन्दी") == " हिन्दी "
    assert spoken("İstanbul").split() == ["i\u0307stanbul"]


def test_a_word_with_nothing_in_it_finds_nothing():
    assert WordList(words="\n  \n—\n").entries == {}
    assert WordList(words="  \n—\n").matches("— — ") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("See https://a.example and http://b.example.", ""),
        ("See https://www.a.example and http://www.b.example, twice.", ""),
        ("See https://a.example, www.b.example and HTTPS://C.example.", "links"),
        ("Awww... awww.that is so kind, awww.really is.", ""),
        ("No link, but example.org and a.b.c are names.", ""),
    ],
)
def test_a_third_link_waits(text, rule, article, trusted):
    assert held_for(a_comment(article, trusted, text)) == rule


def test_a_newcomer_waits_until_three_stand_from_two_days(article, rosa, mina):
    for _ in range(3):
        comment = a_comment(article, rosa)
        assert held_for(comment) == "newcomer"
        comment.approve(by=mina)
    assert not is_trusted(rosa, screened.get(writer=rosa.pk))
    Comment.objects.filter(number=1).update(published_at=timezone.now() - timedelta(days=1))
    assert is_trusted(rosa, screened.get(writer=rosa.pk))
    assert held_for(a_comment(article, rosa)) == ""
    Comment.objects.get(number=2).remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert is_trusted(rosa, screened.get(writer=rosa.pk))  # the one that appeared at once stands too
    Comment.objects.get(number=3).remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert held_for(a_comment(article, rosa)) == "newcomer"


def test_somebody_whose_comments_are_to_be_read_waits_for_as_long(article, trusted, edith):
    sanction = a_sanction(a_comment(article, trusted), by=edith, level="hold_comments")
    assert held_for(a_comment(article, trusted)) == "sanction"
    type(sanction).objects.filter(pk=sanction.pk).update(until=timezone.now())
    assert held_for(a_comment(article, trusted)) == ""
    a_sanction(a_comment(article, trusted), by=edith, level="warn")
    assert held_for(a_comment(article, trusted)) == ""


def test_a_discussion_may_hold_everything(article, trusted, edith):
    Discussion.of(article).hold_all(by=edith, wanted=True)
    assert held_for(a_comment(article, trusted)) == "discussion"
    Discussion.of(article).hold_all(by=edith, wanted=False)
    assert held_for(a_comment(article, trusted)) == ""


def test_a_word_waits_only_where_its_list_is_switched_on(article, trusted, edith):
    tried = WordList.try_out("scum", [], by=edith)
    assert held_for(a_comment(article, trusted, "What scum they are.")) == ""
    tried.switch_on(by=edith, instead_of=None)
    assert held_for(a_comment(article, trusted, "What scum they are.")) == "words"
    assert held_for(a_comment(article, trusted, LEFT[0])) == ""
    tried.switch_off(by=edith)
    assert held_for(a_comment(article, trusted, "What scum they are.")) == ""


def test_no_program_scores_anything_unless_a_site_names_one(settings, article, trusted, monkeypatch):
    assert settings.COMMENT_SCORER == ""
    monkeypatch.setattr(screening, "import_string", pytest.fail)
    assert held_for(a_comment(article, trusted, "I AM SHOUTING HERE.")) == ""


def test_a_program_holds_what_it_scores_from_the_threshold_on(settings, article, trusted):
    settings.COMMENT_SCORER = "tests.comments.scorers.by_shouting"
    settings.COMMENT_SCORER_HOLDS_FROM = 0.5
    assert held_for(a_comment(article, trusted, "ABCDEfghij, one half of it.")) == ""
    assert held_for(a_comment(article, trusted, "ABCDE, fghij.")) == "scorer"
    assert held_for(a_comment(article, trusted, "I AM SHOUTING HERE.")) == "scorer"


def test_what_cannot_be_scored_waits_and_no_word_of_it_is_logged(settings, article, trusted, caplog):
    settings.COMMENT_SCORER = "tests.comments.scorers.that_cannot_tell"
    assert held_for(a_comment(article, trusted)) == "scorer"
    assert "could not be scored" in caplog.text
    assert WORDS not in caplog.text


@pytest.mark.parametrize("person", ["mina", "edith", "maggie"])
def test_moderators_never_wait(person, cast, settings, article, edith):
    settings.COMMENT_SCORER = "tests.comments.scorers.that_cannot_tell"
    WordList.try_out("scum", [], by=edith).switch_on(by=edith, instead_of=None)
    Discussion.of(article).hold_all(by=edith, wanted=True)
    text = "SCUM: https://a.example https://b.example https://c.example"
    assert held_for(a_comment(article, cast[person], text)) == ""


def test_every_rule_says_in_words_why_a_comment_waits():
    assert set(HELD_FOR) == {"newcomer", "links", "words", "sanction", "discussion", "scorer", "reworded"}
    assert all(HELD_FOR.values())


MAY = {CLOCK: {"restore", "expire"}, SCREEN: {"hide"}}


@pytest.mark.parametrize("machine", MAY, ids=str)
def test_nothing_automatic_removes_sanctions_or_answers(machine, article, rosa, mina, edith):
    comment = a_published(article, rosa, mina)
    comment.hide(by=mina, rule=a_rule(), reason="We ask around.")
    comment.hidden_until = timezone.now()
    things = {
        COMMENT: comment,
        REPORT_CASE: a_reported(article, rosa, mina).open_case,
        APPEAL: an_appeal(article, rosa, mina),
        SANCTION: a_sanction(comment, by=edith),
        WORD_LIST: WordList.try_out("scum", [], by=edith),
    }
    may = {verb for table, thing in things.items() for verb, move in table.moves.items() if move.who(machine, thing)}
    assert may == MAY[machine]
    assert not {"remove", "mark_spam", "ask_to_reword", "ban"} & may


def test_nothing_that_waits_is_ever_gone_by_itself(article, rosa, mina, edith):
    WordList.try_out("scum", [], by=edith).switch_on(by=edith, instead_of=None)
    text = "What scum: https://a.example https://b.example https://c.example"
    comment = Discussion.of(article).post(by=rosa, text=text, key=uuid.uuid4())
    assert (comment.status, comment.current.text) == ("pending", text)
    assert not comment.rulings.exists()

