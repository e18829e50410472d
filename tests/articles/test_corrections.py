"""What was changed in the open, and what readers suggest to change."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article, Message
from forum.lib.forms import OVERTAKEN
from forum.lib.moves import Guest
from tests import access, makers
from tests.opened import as_now, fields_of

NOTE = "The treaty was signed in April."


@pytest.fixture
def reader():
    """Somebody without an account."""
    return Client()


@pytest.fixture
def corrected(article, edith, eno):
    """A piece with a typing error put right and a correction."""
    article.amend(by=edith, change="typo", body=article.edition.body.replace("daylight", "daylights"))
    body = article.edition.body
    article.amend(by=eno, change="correction", note=NOTE, body=body.replace("March", "April"))
    return article


def test_readers_see_every_version_and_what_changed_word_by_word(corrected, reader):
    page = reader.get(f"{corrected.get_absolute_url()}versions/")
    assertContains(page, NOTE)
    assertContains(page, "Typing error")
    assertContains(page, "versions/2..3/")
    assert page.headers["Cache-Control"] == "no-cache"
    assertContains(reader.get(f"{corrected.get_absolute_url()}versions/2..3/"), "<del>March</del> <ins>April</ins>")
    assertContains(reader.get(f"{corrected.get_absolute_url()}versions/1..3/"), "2 words added, 2 removed")
    assertContains(reader.get(corrected.get_absolute_url()), "/versions/")
    for nothing in ("3..2", "2..2", "3..4", "0..1"):
        assert reader.get(f"{corrected.get_absolute_url()}versions/{nothing}/").status_code == 404


def test_a_retracted_piece_keeps_its_versions_and_a_removed_one_shows_nothing(corrected, maggie, reader):
    places = [f"{corrected.get_absolute_url()}{end}" for end in ("", "versions/", "versions/1..2/")]
    corrected.retract(by=maggie, notice="Its figures were invented.")
    for place in places:
        assertContains(reader.get(place), "Its figures were invented.")
    assertContains(reader.get(places[0]), "<title>Retracted: ")
    corrected.remove(by=maggie, notice="A court has asked for it.")
    for place in places:
        assertNotContains(reader.get(place), corrected.title, status_code=410)


def test_what_was_retracted_or_removed_stands_in_no_list(corrected, maggie, reader, work):
    lists = ["/", "/feed.atom", "/search/?q=daylights", "/sitemap-pieces-1.xml", "/archive/", "/authors/sami-student/"]
    named = (corrected.title, corrected.get_absolute_url())
    assert {place for place in lists if any(name in reader.get(place).content.decode() for name in named)} == set(lists)
    for verb in ("retract", "remove"):
        getattr(corrected, verb)(by=maggie, notice="Its figures were invented.")
        assert [p for p in lists for name in named if name in reader.get(p).content.decode()] == [], verb


def entries(reader):
    feed = ElementTree.fromstring(reader.get("/corrections/feed.atom").content)
    spaces = {"a": "http://www.w3.org/2005/Atom"}
    found = feed.findall("a:entry", spaces)
    return [(e.findtext("a:title", namespaces=spaces), e.find("a:link", spaces).get("href")) for e in found]


def test_the_list_and_its_feed_tell_of_changes_retractions_and_removals(
    corrected, sami, edith, maggie, reader
):
    false = makers.an_article(sami, edith, maggie, title="False figures")
    false.retract(by=maggie, notice="Its figures were invented.")
    gone = makers.an_article(sami, edith, maggie, title="Nobody reads this title")
    gone.amend(by=edith, change="update", note="Nobody reads this note.", body="<p>New.</p>")
    gone.remove(by=maggie, notice="A court has asked for it.")
    page = reader.get("/corrections/").content.decode()
    for said in (NOTE, "versions/2..3/", "Retracted: False figures", "A piece was removed", "A court has asked"):
        assert said in page, said
    for unsaid in ("Typing error", "Nobody reads", gone.slug):
        assert unsaid not in page, unsaid
    titles = [title for title, _ in entries(reader)]
    assert titles == ["Removal", "Retraction: False figures", f"Correction: {corrected.title}"]
    assert entries(reader)[2][1].endswith("/versions/2..3/")


def test_a_suggestion_stands_beside_the_piece_and_leads_to_the_change_and_its_answer(article, edith, work, mailoutbox):
    suggest = Message.send(
        by=Guest(), kind="correction", text="It was April, not March.", email="rhea@example.org", article=article
    )
    browser, desk = access.browser_of(edith), f"/admin/articles/{article.pk}/"
    assertContains(browser.get(desk), "It was April, not March.")
    assertContains(browser.get(f"/admin/submissions/{article.submission.code}/"), "It was April, not March.")
    form = browser.get(f"{desk}amend/?suggestion={suggest.pk}")
    assertContains(form, "It was April, not March.")
    body = article.edition.body.replace("March", "April")
    said = {**article.edition.text(), "body": body, "change": "correction", "note": NOTE, "suggestion": suggest.pk}
    pressed = browser.post(f"{desk}amend/", {**said, "seen": article.turn})
    assert pressed.headers["Location"] == f"/admin/messages/{suggest.pk}/answer/"
    answer = browser.get(pressed.headers["Location"]).context["form"]["text"].value()
    assert NOTE in answer
    browser.post(pressed.headers["Location"], {"text": answer, **as_now(suggest)})
    assertNotContains(browser.get(desk), "It was April, not March.")
    work()
    (letter,) = [letter for letter in mailoutbox if letter.to == ["rhea@example.org"]]
    assert f"{article.get_absolute_url()}versions/" in letter.body


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "one"}, {"seen": "9" * 40}])
def test_who_does_not_say_which_text_she_saw_is_shown_both(seen, article, edith):
    browser, place = access.browser_of(edith), f"/admin/articles/{article.pk}/amend/"
    said = {**article.edition.text(), "title": "A promise by day", "change": "correction", "note": NOTE}
    both = browser.post(place, said | seen)
    assertContains(both, OVERTAKEN, status_code=409)
    assert article.editions.count() == 1
    assert browser.post(place, fields_of(both)).status_code == 302
    assert article.editions.count() == 2


def test_a_suggestion_about_another_piece_or_an_answered_one_stands_beside_no_form(article, sami, edith, maggie):
    other = makers.an_article(sami, edith, maggie, title="Another")
    elsewhere = Message.send(by=Guest(), kind="correction", text="It was April.", article=other)
    browser = access.browser_of(edith)
    for pk in (elsewhere.pk, "9" * 40, "nonsense"):
        assertNotContains(browser.get(f"/admin/articles/{article.pk}/amend/?suggestion={pk}"), "It was April.")
    assert Article.objects.count() == 2
