"""Somebody paused comes back from the same mailbox: moderators are told, and nothing else happens."""

import uuid

import pytest

from accounts.mailboxes import mailbox
from accounts.models import User
from articles.models import Author
from comments.models import Discussion, Sanction
from forum.lib.moment import spelled
from forum.lib.moves import Refused
from tests import makers
from tests.comments.making import a_comment, a_published, a_sanction


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("rosa@example.org", "Rosa+again@Example.org", True),
        ("rosa@example.org", "rosa+a+b@example.org", True),
        ("r.osa@gmail.com", "ro.sa+x@googlemail.com", True),
        ("r.osa@example.org", "rosa@example.org", False),
        ("rosa@example.org", "rosa@example.net", False),
        ("+one@example.org", "+two@example.org", False),
        ("rosa@example.org", '"rosa"@example.org', True),
        ("rosa@example.org", r'"ro\sa"@example.org', True),
        ("rosa@example.org", '"rosa+again"@example.org', True),
        ("rosa@example.org", "rosa@\uff45xample.org", True),  # a wide e
        ("rosa@example.org", "rosa@exam\u00adple.org", True),  # a hyphen that nobody sees
        ("rosa@mail.example.org", "rosa@mail\u3002example.org", True),
        ("rosa@b\u00fccher.example", "rosa@xn--bcher-kva.example", True),
        ("r.osa@gmail.com", "rosa@\uff47mail.com", True),
        (f"rosa@{'b' * 70}.example", "rosa@b.example", False),
    ],
)
def test_a_mailbox_is_known_by_the_spelling_of_its_addresses(one, other, same):
    assert (mailbox(one) == mailbox(other)) == same


@pytest.fixture
def paused(article, rosa, mina):
    return a_sanction(a_published(article, rosa, mina), mina, "pause")


@pytest.fixture
def again(paused):
    return User.objects.register("rosa+again@example.org", "Rosamund")


def hint(paused, how="paused"):
    return f"May be the same mailbox as that of Rosa Reader, {how} until {spelled(paused.until)}."


def test_moderators_see_beside_a_comment_and_on_the_page_of_a_person_whose_mailbox_it_may_be(
    article, paused, again, mina, ada, sami, signed_in
):
    comment = a_comment(article, again)
    others = a_comment(article, sami)
    assert comment.status == "pending"  # as for every newcomer, and for no other reason
    places = ["/admin/comments/", f"/admin/comments/{comment.pk}/"]
    assert [hint(paused) in signed_in(mina).get(place).text for place in places] == [True, True]
    assert hint(paused) not in signed_in(mina).get(f"/admin/comments/{others.pk}/").text
    people = [signed_in(ada).get(f"/admin/accounts/user/{person.pk}/change/").text for person in (again, paused.user)]
    assert [hint(paused) in page for page in people] == [True, False]
    comment.approve(by=mina)
    assert comment.status == "published"


def test_the_hint_goes_with_the_pause(article, paused, again, mina, signed_in):
    comment = a_comment(article, again)
    paused.lift(by=mina)
    assert Sanction.beside(again) is None
    assert "May be the same mailbox" not in signed_in(mina).get(f"/admin/comments/{comment.pk}/").text


def test_a_pause_given_to_an_author_under_her_piece_tells_of_no_account(sami, edith, maggie, mina, ada, signed_in):
    piece = makers.an_article(sami, edith, maggie, name="Pen Kirsch")
    Author.objects.update(is_pen_name=True)
    spoken = Discussion.of(piece).post(by=sami, text="I meant the other one.", key=uuid.uuid4(), as_author=True)
    paused = a_sanction(spoken, mina, "pause")
    again = User.objects.register("sami+again@example.org", "Samuel")
    comment = a_comment(piece, again)
    desk, people = signed_in(mina), signed_in(ada).get(f"/admin/accounts/user/{again.pk}/change/").text
    pages = [desk.get(place).text for place in ("/admin/comments/", f"/admin/comments/{comment.pk}/")] + [people]
    told = ("May be the same mailbox", f"paused until {spelled(paused.until)}")
    assert [words in page for page in pages for words in told] == [False] * 6
    assert Sanction.beside(again) is None


def test_of_two_at_one_mailbox_the_longer_is_told(article, paused, rosa, edith, mina, again):
    banned = a_sanction(a_published(article, User.objects.register("rosa+2@example.org", "Ros"), mina), edith, "ban")
    banned.comment.author.be_called("Another")
    assert Sanction.beside(again).hint.startswith("May be the same mailbox as that of Ros, banned until ")


def test_a_pause_says_the_hour_and_the_zone_of_its_end(article, paused, mina, signed_in):
    end = spelled(paused.until)
    assert f"you cannot write comments until {end}." in paused.ruling.statement
    assert f"cannot write comments until {end}: " in _refused(article, paused.user)
    assert f"until {end}" in signed_in(paused.user).get("/comments/mine/").text
    desk = signed_in(mina).get(f"/admin/comments/{paused.comment_id}/").text
    assert f">{end}</time>" in desk


def _refused(article, person):
    with pytest.raises(Refused) as refusal:
        a_comment(article, person)
    return str(refusal.value)
