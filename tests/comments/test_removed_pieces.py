"""Below a removed piece: every address answers as the piece does, and nothing appears there."""

from functools import partial

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery
from articles.models import Article
from comments.models import Comment
from forum.lib.moves import Refused
from tests.articles.test_addressees import dead_server
from tests.comments.making import a_comment, a_published, a_rule

__all__ = ["dead_server"]  # a fixture
NOTICE = "Removed at the request of a court."
BELOW = [
    "", "print/", "versions/", "versions/1..2/", "correct/", "report/",
    "comments/", "comments/post/", "comments/follow/", "comments/1/", "comments/99/",
]  # fmt: skip
OF_A_COMMENT = ["report_comment", "respect_comment", "mute_comment", "comment_changes"]
OF_ONES_OWN = ["edit_comment", "reword_comment"]


@pytest.fixture
def comment(article, rosa, mina):
    return a_published(article, rosa, mina)


def addresses(article, comment):
    """Return every address below a piece, and of a comment that stands there."""
    below = [article.get_absolute_url() + end for end in BELOW]
    return below + [reverse(name, args=[comment.pk]) for name in OF_A_COMMENT]


def desk_page(comment):
    return reverse("admin:comment", args=[comment.pk])


def own(comment):
    return [reverse(name, args=[comment.pk]) for name in OF_ONES_OWN]


def test_all_addresses_below_a_removed_piece_say_that_it_was_removed(article, comment, maggie, rosa, sami, signed_in):
    article.remove(by=maggie, notice=NOTICE)
    for person, places in ((sami, addresses(article, comment)), (rosa, own(comment))):
        reader = signed_in(person)
        answers = {place: reader.get(place) for place in places}
        assert {place: answer.status_code for place, answer in answers.items()} == dict.fromkeys(places, 410)
        said = {(NOTICE in answer.text, article.title in answer.text) for answer in answers.values()}
        assert said == {(True, False)}


def test_a_press_below_a_removed_piece_says_the_same(article, comment, maggie, sami, signed_in):
    article.remove(by=maggie, notice=NOTICE)
    pressed = [f"{article.get_absolute_url()}comments/{end}/" for end in ("follow", "unfollow", "seen")]
    pressed += [reverse(name, args=[comment.pk]) for name in [*OF_A_COMMENT[:3], "take_back_respect"]]
    answers = [signed_in(sami).post(place, {"reason": "attack", "number": 1}) for place in pressed]
    assert [(answer.status_code, NOTICE in answer.text) for answer in answers] == [(410, True)] * len(pressed)


def test_what_was_typed_below_a_piece_that_went_meanwhile_is_given_back(article, comment, maggie, sami, signed_in):
    article.remove(by=maggie, notice=NOTICE)
    words = "You forget the treaty of 1921, which says the opposite."
    answer = signed_in(sami).post(f"{article.get_absolute_url()}comments/post/", {"text": words})
    assert (answer.status_code, words in answer.text) == (410, True)


def test_a_retracted_piece_and_its_comments_stay_readable(article, comment, maggie, rosa, sami, signed_in):
    article.retract(by=maggie, notice=NOTICE)
    places = [place for place in addresses(article, comment) if not place.endswith(("1..2/", "99/", "changes/"))]
    assert {signed_in(sami).get(place).status_code for place in places} <= {200, 302}


def test_a_comment_below_a_removed_piece_waits_for_nobody_and_cannot_appear(
    article, rosa, mina, maggie, work, signed_in
):
    held = a_comment(article, rosa)
    assert list(Comment.objects.on_desk(mina).held()) == [held]
    article.remove(by=maggie, notice=NOTICE)
    held = Comment.objects.get()
    assert list(Comment.objects.on_desk(mina).held()) == []
    reword = partial(held.ask_to_reword, rule=a_rule(), reason="Name the ministers.")
    for verb in (held.approve, held.approve_and_trust, reword):
        with pytest.raises(Refused, match="The piece was removed"):
            verb(by=mina)
    assert "Decide once it is restored." in signed_in(mina).get(desk_page(held)).text
    article.restore(by=maggie)
    assert list(Comment.objects.on_desk(mina).held()) == [held]
    Comment.objects.get().approve(by=mina)
    work()
    assert mail.outbox[-1].to == [rosa.email]


def test_letters_that_were_written_and_have_not_left_lead_nobody_there(
    article, rosa, sami, edith, mina, maggie, work, dead_server
):
    article.amend(by=edith, change="correction", note="The year was wrong.", title="A promise by day")
    work()
    before = len(mail.outbox)
    a_comment(article, rosa).approve(by=mina)
    Article.objects.get().amend(by=edith, change="correction", note="So was the month.", title="A promise at noon")
    dead_server()
    assert Delivery.objects.underway().count() == 2
    Article.objects.get().remove(by=maggie, notice=NOTICE)
    work()
    assert [(letter.to, "is removed" in letter.subject) for letter in mail.outbox[before:]] == [([sami.email], True)]


def test_what_was_decided_against_a_comment_is_told_though_its_piece_is_gone(article, rosa, mina, maggie, work):
    a_published(article, rosa, mina).remove(by=mina, rule=a_rule(), reason="It is about the person.")
    work()
    article.remove(by=maggie, notice=NOTICE)
    Delivery.objects.update(due_at=timezone.now())
    work()
    assert "Your comment was removed" in [letter.subject for letter in mail.outbox if letter.to == [rosa.email]]


def test_nobody_is_led_to_a_page_that_is_gone(article, rosa, mina, maggie, work):
    a_comment(article, rosa).approve(by=mina)
    article.remove(by=maggie, notice=NOTICE)
    work()
    assert [letter.subject for letter in mail.outbox if letter.to == [rosa.email]] == []


def test_whoever_wrote_below_a_removed_piece_reads_that_it_is_not_shown(article, comment, rosa, maggie, signed_in):
    def told():
        return signed_in(rosa).get(reverse("my_comments")).text

    assert "Not shown: the piece" not in told()
    article.remove(by=maggie, notice=NOTICE)
    assert "Not shown: the piece it was written about was removed." in told()
    article.restore(by=maggie)
    assert "Not shown: the piece" not in told()
