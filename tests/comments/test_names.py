"""The name over a comment: the one it was written under, whatever its writer is called later."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.admin.sites import site
from django.contrib.messages.storage.fallback import FallbackStorage
from django.utils import timezone

from accounts.clock import forget_names
from accounts.models import EarlierName, User
from accounts.names import TAKEN, complaint
from articles.models import SafetyRequest
from comments.admin.names import put_name
from comments.models import Comment, Discussion
from forum.lib.moves import Refused
from tests import makers
from tests.comments.making import a_comment, a_published

SAID = "The treaty of 1921 says the opposite."


def names():
    return [comment.name for comment in Comment.objects.order_by("pk")]


def test_a_new_name_stands_on_new_comments_alone(article, rosa, mina, client, signed_in):
    old = a_published(article, rosa, mina)
    rosa.rename("Rosa Renamed")
    new = a_published(article, rosa, mina, SAID)
    assert names() == ["Rosa Reader", "Rosa Renamed"]
    page = client.get(article.get_absolute_url()).text
    assert (page.count("Rosa Reader"), page.count("Rosa Renamed")) >= (1, 1)
    desk = signed_in(mina)
    shown = ["Goes by “Rosa Renamed” now" in desk.get(f"/admin/comments/{c.pk}/").text for c in (old, new)]
    assert shown == [True, False]


def test_an_administrator_puts_the_present_name_over_all(article, rosa, mina, ada, rf):
    a_published(article, rosa, mina)
    rosa.rename("Rosa Renamed")
    request = rf.post("/")
    request.user, request.session = ada, {}
    request._messages = FallbackStorage(request)
    put_name(site._registry[User], request, User.objects.filter(pk=rosa.pk))
    assert names() == ["Rosa Renamed"]
    assert put_name in site._registry[User].actions


def test_a_name_changed_for_safety_is_changed_over_comments_too(article, sami, mina, maggie):
    a_published(article, sami, mina)
    asked = SafetyRequest.ask(by=sami, submission=article.submission, kind="name", name="Noor Aziz", text="Please.")
    asked.change_name(by=maggie, name="Noor Aziz", text="Done.", account=True)
    assert names() == ["Noor Aziz"]


def test_an_old_name_goes_from_comments_though_the_account_has_a_third(article, sami, mina, maggie):
    a_published(article, sami, mina)
    sami.rename("Sam S.")
    asked = SafetyRequest.ask(by=sami, submission=article.submission, kind="name", name="Noor Aziz", text="Please.")
    asked.change_name(by=maggie, name="Noor Aziz", text="Done.")
    assert names() == ["Sam S."]


def test_somebody_without_a_name_is_asked_for_one_and_keeps_her_words(article, rosa, signed_in):
    User.objects.filter(pk=rosa.pk).update(name="")
    rosa.refresh_from_db()
    with pytest.raises(Refused, match="has no name yet"):
        a_comment(article, rosa)
    page = signed_in(rosa).post(f"{article.get_absolute_url()}comments/", {"text": SAID}).text
    assert ("A comment stands under a name of your own" in page, SAID in page) == (True, True)
    rosa.take_name("Rosa Reader")
    assert a_comment(article, rosa).name == "Rosa Reader"


@pytest.mark.parametrize("name", ["Wei Zhang", "wei zh\u00e1ng", "W\u0435i Zh\u0430ng", "Wei\u200b Zhang"])
def test_a_namesake_of_the_author_speaks_under_her_pieces_by_another_name(name, sami, edith, maggie, rosa, signed_in):
    hers = makers.an_article(sami, edith, maggie, name="Wei Zhang")
    anothers = makers.an_article(sami, edith, maggie, title="A promise at noon", name="Sami Student")
    rosa.be_called(name)
    with pytest.raises(Refused, match="goes by the name of your account"):
        a_comment(hers, rosa)
    for place in ("comments/", "comments/post/"):
        page = signed_in(rosa).post(f"{hers.get_absolute_url()}{place}", {"text": SAID}).text
        assert ("Choose another" in page, SAID in page) == (True, True), place
    assert a_comment(anothers, rosa).name == name
    rosa.rename("Rosa Zhang")
    assert a_comment(hers, rosa).name == "Rosa Zhang"


def test_the_author_speaks_under_her_own_name_as_she_likes(sami, edith, maggie):
    sami.be_called("Wei Zhang")
    hers = makers.an_article(sami, edith, maggie, name="Wei Zhang")
    assert a_comment(hers, sami).name == "Wei Zhang"


def test_a_newcomer_named_like_the_author_keeps_her_words(sami, edith, maggie, client, mailoutbox, work):
    hers = makers.an_article(sami, edith, maggie, name="Wei Zhang")
    place = f"{hers.get_absolute_url()}comments/post/"
    opened = re.search(r'name="opened"[^>]*value="([^"]+)"', client.post(place, {"text": SAID}).text)[1]
    said = {"text": SAID, "opened": opened, "website": "", "name": "Wei Zhang", "email": "wei@example.net"}
    client.post(place, {**said, "step": "send"})
    work()
    code = re.search(r"\b\d{3} ?\d{3}\b", mailoutbox[0].body)[0]
    page = client.post(place, {**said, "step": "confirm", "code": code}).text
    assert ("Choose another" in page, SAID in page, Comment.objects.count()) == (True, True, 0)


def marks(client, article):
    """Return each name in the discussion with the mark beside it."""
    page = client.get(article.get_absolute_url()).text
    found = r'<bdi class="comment-author">([^<]*)</bdi>\s*(?:<span class="label comment-mark">([^<]*)</span>)?'
    return re.findall(found, page)


def test_people_of_the_desk_and_the_author_carry_a_mark_outside_their_names(article, cast, client):
    for name in ("rosa", "mina", "edith", "maggie"):
        a_published(article, cast[name], cast["eno"])
    as_author = {"text": "I meant the other treaty.", "key": uuid.uuid4(), "as_author": True}
    a_published(article, cast["sami"], cast["mina"], "This I say as a reader.")
    Discussion.of(article).post(by=cast["sami"], **as_author).approve(by=cast["mina"])
    assert marks(client, article) == [
        ("Rosa Reader", ""),
        ("Mina Moderator", "Moderator"),
        ("Edith Editor", "Editor"),
        ("Maggie Manager", "Editor"),
        ("Sami Student", ""),
        ("Sami Student", "Author of this piece"),
    ]


@pytest.mark.parametrize("mark", ["Editor", "Moderator", "Administrator", "Author of this piece"])
@pytest.mark.django_db
def test_no_name_says_what_a_mark_says(mark):
    for name in (mark, f"Edith Vance \u00b7 {mark}", f"Edith Vance {mark.upper()}", f"Edith ({mark.lower()})"):
        assert complaint(name) == TAKEN


def test_a_mark_goes_with_the_rank_and_never_stands_beside_a_pen_name(edith, maggie, eno, mina, client):
    hers = makers.an_article(edith, eno, maggie, name="H. M.")
    spoken = {"text": "I meant the other treaty.", "key": uuid.uuid4(), "as_author": True}
    Discussion.of(hers).post(by=edith, **spoken)
    a_published(hers, mina, eno)
    assert marks(client, hers) == [("H. M.", "Author of this piece"), ("Mina Moderator", "Moderator")]
    mina.groups.clear()
    assert marks(client, hers)[1] == ("Mina Moderator", "")


def test_the_name_that_stood_here_alone_when_an_editor_came_stays_and_is_told_apart(article, rosa, mina, edith, client):
    rosa.rename("Vera Vance")
    a_published(article, rosa, mina)
    edith.be_called("Vera Vance")
    a_published(article, edith, mina)
    a_published(article, rosa, mina, SAID)
    assert marks(client, article) == [("Vera Vance", ""), ("Vera Vance", "Editor"), ("Vera Vance", "")]


def test_moderators_see_for_ninety_days_which_name_somebody_has_left(article, rosa, mina, signed_in, client):
    rosa.rename("Rosa Renamed")
    rosa.rename("Rosa R.")
    waiting = a_comment(article, rosa)
    desk, told = signed_in(mina), "<bdi>Rosa Renamed</bdi>, <bdi>Rosa Reader</bdi>"
    places = ("/admin/comments/", f"/admin/comments/{waiting.pk}/")
    assert [told in desk.get(place).text for place in places] == [True, True]
    waiting.approve(by=mina)
    client.logout()
    assert "Rosa Reader" not in client.get(article.get_absolute_url()).text
    EarlierName.objects.update(left_at=timezone.now() - timedelta(days=90, minutes=1))
    assert told not in signed_in(mina).get(places[1]).text
    forget_names()
    assert EarlierName.objects.count() == 0


def test_a_name_that_was_never_left_is_none(rosa):
    rosa.rename("Rosa Reader")
    rosa.rename("Rosa R.")
    rosa.rename("Rosa Reader")
    assert User.objects.get(pk=rosa.pk).lately == ["Rosa R."]


def test_a_name_left_for_safety_or_behind_a_pen_name_is_told_to_nobody(article, sami, mina, maggie):
    sami.rename("Sam S.")
    asked = SafetyRequest.ask(by=sami, submission=article.submission, kind="name", name="Noor Aziz", text="Please.")
    asked.change_name(by=maggie, name="Noor Aziz", text="Done.", account=True)
    sami.refresh_from_db()
    assert (sami.name, sami.lately) == ("Sam S.", [])
    spoken = {"text": "I meant the other treaty.", "key": uuid.uuid4(), "as_author": True}
    sami.rename("Samira")
    assert Discussion.of(article).post(by=sami, **spoken).earlier_names == []
