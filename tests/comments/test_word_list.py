"""The editors' list of words: tried on the last comments, then switched on or left."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from comments.models import Comment, WordList
from comments.models.word_list import EXAMPLES, WordListQuerySet
from forum.lib.moves import Refused
from tests import makers
from tests.comments.making import a_comment
from tests.opened import seen

ADDRESS = "/admin/comments/words/"
SAID = "scum\ngo back where you came from\nunheard of"


def page_of(tried, verb=""):
    return f"{ADDRESS}{tried.pk}/{verb and verb + '/'}"


@pytest.fixture
def desk(edith, signed_in):
    return signed_in(edith)


@pytest.fixture
def said(article, rosa, edith):
    """Five comments with a word, one with a phrase, one harmless, one by an editor and one that is too old."""
    for number in range(5):
        a_comment(article, rosa, f"Comment {number} is mild. Number {number} calls them scum! The end.")
    a_comment(article, rosa, "Go back, where you came from.")
    a_comment(article, rosa, "The embassy in Niger was closed.")
    a_comment(article, edith, "An editor should not say scum.")
    old = a_comment(article, rosa, "Scum, said long ago.")
    Comment.objects.filter(pk=old.pk).update(written_at=timezone.now() - timedelta(days=91))


def test_an_editor_tries_a_list_sees_what_it_would_have_held_and_switches_it_on(desk, edith, said, rosa):
    assert "No list is switched on" in desk.get(ADDRESS).text
    shown = desk.post(ADDRESS, {"words": SAID} | seen(desk, ADDRESS), follow=True)
    tried = WordList.objects.get()
    assert shown.redirect_chain == [(page_of(tried), 302)]
    assert (tried.status, tried.looked_at, tried.would_wait) == ("tried", 8, 7)
    assert "It would have held 7 of 8 comments" in shown.text
    assert "“scum”: 6 comments" in shown.text
    assert "“go back where you came from”: 1 comment<" in shown.text
    assert re.search(r"Found nowhere</h2>\s*<ul><li>unheard of</li></ul>", shown.text)
    assert WordList.objects.in_force() is None
    done = desk.post(page_of(tried, "switch_on"), follow=True)
    assert "Done: you switched it on." in done.text
    assert WordList.objects.in_force() == tried
    assert f'<pre class="desk-mail">{SAID}</pre>' in done.text
    assert f">\n{SAID}</textarea>" in done.text
    assert done.text.count("Edith Editor") >= 2
    assert a_comment(Comment.objects.first().discussion.article, rosa, "No scum here.").is_held


def test_examples_are_few_short_and_of_comments_this_editor_may_see(desk, said, edith, article):
    desk.post(ADDRESS, {"words": SAID} | seen(desk, ADDRESS))
    tried = WordList.objects.get()
    own = Comment.objects.get(author=edith)
    shown = desk.get(page_of(tried)).text
    assert len(tried.found["scum"]["examples"]) == EXAMPLES
    assert own.pk in tried.found["scum"]["examples"]
    assert f"/admin/comments/{own.pk}/" not in shown
    assert "An editor should not say scum." not in shown
    assert "Number 4 calls them scum!" in shown
    assert "Comment 4 is mild." not in shown
    assert len(set(re.findall(r'href="/admin/comments/(\d+)/"', shown))) == EXAMPLES


def test_the_examples_of_a_piece_are_not_shown_to_the_editor_who_wrote_it(said, sami, edith, signed_in):
    tried = WordList.try_out("scum", Comment.objects.written_lately(timedelta(days=90), 100), by=edith)
    sami.groups.set(edith.groups.all())
    shown = signed_in(sami).get(page_of(tried)).text
    assert "“scum”: 6 comments" in shown
    assert not re.findall(r'href="/admin/comments/(\d+)/"', shown)
    assert "calls them" not in shown


def test_an_example_whose_words_have_changed_is_left_out(desk, said, article):
    desk.post(ADDRESS, {"words": "scum"} | seen(desk, ADDRESS))
    for comment in Comment.objects.all():
        comment.record(current=comment.revisions.create(number=2, text="Something milder than before."))
    shown = desk.get(page_of(WordList.objects.get())).text
    assert "“scum”: 6 comments" in shown
    assert "milder" not in shown


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("   \n ", "Write at least one word."),
        ("scum\n!!!", "There is no letter and no digit in “!!!”"),
        ("scum\n" * 801, "at most 4000 characters"),
    ],
)
def test_a_refused_list_keeps_its_words_and_is_not_tried(words, complaint, desk):
    refused = desk.post(ADDRESS, {"words": words})
    assert complaint in refused.text
    assert words.strip() in refused.text
    assert not WordList.objects.exists()


def test_nothing_is_switched_on_that_was_not_tried(desk, edith):
    assert desk.post(f"{ADDRESS}1/switch_on/").status_code == 404
    with pytest.raises(Http404):
        WordList(words="scum").switch_on(by=edith, instead_of=None)
    assert desk.post(f"{ADDRESS}switch_on/", {"words": "scum"}).status_code == 404
    tried = WordList.try_out("scum", [], by=edith)
    desk.post(page_of(tried, "switch_on"), {"words": "embassy"})
    assert WordList.objects.in_force().words == "scum"
    for verb in ("try_out", "delete", "record"):
        assert desk.post(page_of(tried, verb)).status_code == 404


def test_one_list_is_in_force_and_the_one_before_stays_in_the_history(desk, edith, maggie):
    first, second = (WordList.try_out(words, [], by=edith) for words in ("scum", "traitors"))
    first.switch_on(by=maggie, instead_of=None)
    assert "switches off the one in force" in desk.get(page_of(second)).text
    desk.post(page_of(second, "switch_on"), {"in_force": first.pk})
    assert [(row.status, row.words) for row in WordList.objects.all()] == [("on", "traitors"), ("off", "scum")]
    events = [(event.verb, event.actor) for event in first.events.all()]
    assert events == [("try_out", edith), ("switch_on", maggie), ("switch_off", edith)]
    history = desk.get(ADDRESS).text
    assert "Maggie Manager switched it on" in history
    assert "Edith Editor switched it off" in history
    desk.post(page_of(second, "switch_off"))
    assert WordList.objects.in_force() is None


def test_a_list_is_switched_once_and_who_comes_late_is_told(desk, edith, maggie):
    tried = WordList.try_out("scum", [], by=edith)
    tried.switch_on(by=maggie, instead_of=None)
    late = desk.post(page_of(tried, "switch_on"))
    assert late.status_code == 409
    assert "Maggie Manager" in late.text
    tried.switch_off(by=maggie)
    assert desk.post(page_of(tried, "switch_on")).status_code == 409
    assert WordList.objects.in_force() is None


def test_two_lists_switched_on_at_once_are_one_and_a_sentence(edith, monkeypatch):
    first, second = (WordList.try_out(words, [], by=edith) for words in ("scum", "traitors"))
    first.switch_on(by=edith, instead_of=None)
    monkeypatch.setattr(WordListQuerySet, "in_force", lambda lists: None)
    with pytest.raises(Refused, match="Somebody else switched on another list at this moment"):
        second.switch_on(by=edith, instead_of=None)
    second.refresh_from_db()
    assert second.status == "tried"


@pytest.mark.parametrize("person", ["rosa", "mina", "ada"])
def test_only_editors_have_a_list(person, cast, edith, signed_in):
    tried = WordList.try_out("scum", [], by=edith)
    for move in (
        lambda: WordList.try_out("scum", [], by=cast[person]),
        lambda: tried.switch_on(by=cast[person], instead_of=None),
    ):
        with pytest.raises(PermissionDenied):
            move()
    browser = signed_in(cast[person])
    answers = [browser.get(ADDRESS), browser.get(page_of(tried)), browser.post(page_of(tried, "switch_on"))]
    assert all(answer.status_code == (302 if person == "rosa" else 403) for answer in answers)
    assert WordList.objects.in_force() is None


def test_moderators_are_not_led_to_the_list(mina, edith, signed_in):
    assert ADDRESS not in signed_in(mina).get("/admin/comments/").text
    assert ADDRESS in signed_in(edith).get("/admin/comments/").text


def test_the_screens_take_as_many_queries_for_one_and_for_three(
    desk, edith, article, rosa, django_assert_max_num_queries
):
    def try_out():
        a_comment(article, makers.a_person(), f"What scum, {WordList.objects.count()}.")
        texts = Comment.objects.written_lately(timedelta(days=90), 100)
        return WordList.try_out("scum\nwhat", texts, by=edith)

    tried = try_out()
    counts = {}
    for address in (ADDRESS, page_of(tried)):
        with django_assert_max_num_queries(50) as found:
            desk.get(address)
        counts[address] = len(found)
    try_out()
    newest = try_out()
    for address, new in ((ADDRESS, ADDRESS), (page_of(tried), page_of(newest))):
        with django_assert_max_num_queries(50) as found:
            desk.get(new)
        assert len(found) == counts[address]
