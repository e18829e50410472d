"""Writing a comment, with and without an account."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Delivery, User
from comments.models import Comment, Discussion, Trust
from tests import makers
from tests.comments.making import WORDS, a_comment


@pytest.fixture
def strict():
    """A browser whose requests need their token."""
    return Client(enforce_csrf_checks=True)


def box(article):
    return f"{article.get_absolute_url()}comments/"


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]


def pressed(page, **said):
    """Return what the preview's form sends when a button is pressed."""
    return {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "key")} | {"text": WORDS} | said


def the_code():
    return re.search(r"^\d{6}$", Delivery.objects.latest("pk").text, re.MULTILINE)[0]


def test_the_box_stands_under_every_piece_without_a_token(article, client):
    page = client.get(article.get_absolute_url())
    assert f'action="{box(article)}"' in page.text
    assert "csrfmiddlewaretoken" not in page.text
    assert not page.cookies


def test_the_first_press_changes_nothing_and_shows_the_comment(article, strict):
    page = strict.post(box(article), {"text": "First line.\n\n<b>Second</b> line."})
    assert page.status_code == 200
    assert "<p>First line.</p><p>&lt;b&gt;Second&lt;/b&gt; line.</p>" in page.text
    assert not Comment.objects.exists()
    assert page.headers["Cache-Control"] == "no-store"


def test_posting_needs_the_token(article, strict):
    assert strict.post(f"{box(article)}post/", {"text": WORDS}).status_code == 403


def test_somebody_signed_in_posts_with_a_second_press(article, rosa, strict):
    strict.force_login(rosa, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = strict.post(box(article), {"text": WORDS})
    answer = strict.post(f"{box(article)}post/", pressed(page))
    comment = Comment.objects.get()
    assert (comment.author, comment.status, comment.current.text) == (rosa, "pending", WORDS)
    assert answer.headers["Location"] == f"{article.get_absolute_url()}#waiting-{comment.pk}"


def test_somebody_trusted_lands_on_her_comment(article, rosa, mina, signed_in):
    Trust.give(rosa, by=mina)
    client = signed_in(rosa)
    answer = client.post(f"{box(article)}post/", pressed(client.post(box(article), {"text": WORDS})))
    assert answer.headers["Location"] == f"{article.get_absolute_url()}#c1"


def test_somebody_without_an_account_writes_first_and_proves_an_address_then(article, strict):
    page = strict.post(box(article), {"text": WORDS})
    assert WORDS in page.text
    said = {
        "step": "send",
        "email": "ines@example.org",
        "name": "Ines",
        "website": "",
        "opened": hidden(page, "opened"),
    }
    page = strict.post(f"{box(article)}post/", pressed(page, **said))
    assert "We are sending six digits" in page.text
    assert WORDS in page.text
    assert not Comment.objects.exists()
    said = {"step": "confirm", "code": the_code(), "website": "", "opened": hidden(page, "opened")}
    answer = strict.post(f"{box(article)}post/", pressed(page, **said))
    comment = Comment.objects.get()
    assert (comment.author.name, comment.author.email, comment.status) == (
        "Ines",
        "ines@example.org",
        "pending",
    )
    assert "Waiting to be read by the editors" in strict.get(answer.headers["Location"]).text


def test_a_kept_comment_outlives_one_on_another_piece(article, rosa, sami, edith, maggie, client):
    other = makers.an_article(sami, edith, maggie, title="The other one")
    page = client.post(box(article), {"text": WORDS})
    client.post(f"{box(article)}post/", pressed(page, step="sign_in"))
    client.force_login(rosa, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(f"{box(other)}post/", {"text": "Another thought, elsewhere."})
    assert WORDS in client.get(box(article)).text


def test_a_code_alone_does_not_post_for_the_staff(article, mina, client):
    page = client.post(box(article), {"text": WORDS})
    said = {"text": WORDS, "website": "", "opened": hidden(page, "opened")}
    client.post(f"{box(article)}post/", said | {"step": "send", "email": mina.email, "name": "M"})
    page = client.post(f"{box(article)}post/", said | {"step": "confirm", "code": the_code()})
    assert "Please sign in first" in page.text
    assert f"/accounts/login/?next={box(article)}" in page.text
    assert WORDS in page.text
    assert not Comment.objects.exists()


def test_whoever_leaves_to_sign_in_finds_the_comment_again(article, rosa, strict):
    page = strict.post(box(article), {"text": WORDS})
    answer = strict.post(f"{box(article)}post/", pressed(page, step="sign_in"))
    assert answer.headers["Location"] == f"/accounts/login/?next={box(article)}"
    rosa.set_password("a train at night")
    rosa.save()
    token = hidden(strict.get(answer.headers["Location"]), "csrfmiddlewaretoken")
    said = {"login": rosa.email, "password": "a train at night", "next": box(article), "csrfmiddlewaretoken": token}
    page = strict.post("/accounts/login/", said, follow=True)
    assert page.redirect_chain == [(box(article), 302)]
    assert WORDS in page.text
    strict.post(f"{box(article)}post/", pressed(page))
    assert Comment.objects.get().author == rosa
    assert strict.get(box(article)).status_code == 302


@pytest.mark.parametrize("step", ["", "post/"])
def test_a_name_and_an_address_stay_while_the_words_are_looked_at_again(step, article, client):
    page = client.post(box(article), {"text": WORDS})
    said = {"text": "Short", "website": "", "opened": hidden(page, "opened")}
    said |= {"step": "send", "email": "ines@example.org", "name": "Ines"}
    page = client.post(f"{box(article)}{step}", said)
    assert 'value="ines@example.org"' in page.text
    assert 'value="Ines"' in page.text


def test_a_machine_that_fills_in_everything_is_asked_again(article, client):
    page = client.post(box(article), {"text": WORDS})
    said = {"step": "send", "email": "bot@example.org", "name": "Bot", "website": "http://spam.example"}
    page = client.post(f"{box(article)}post/", {"text": WORDS, "opened": hidden(page, "opened"), **said})
    assert "people cannot see" in page.text
    assert not Delivery.objects.exists()


def test_a_double_press_makes_one_comment(article, rosa, signed_in):
    client = signed_in(rosa)
    said = pressed(client.post(box(article), {"text": WORDS}))
    first, second = (client.post(f"{box(article)}post/", said) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "Write your comment first."), ("Too short", "at least 10"), ("a" * 5001, "at most 5,000")],
    ids=["empty", "short", "long"],
)
@pytest.mark.parametrize("step", ["", "post/"])
def test_bad_input_comes_back_with_the_reason_beside_it(text, complaint, step, article, rosa, signed_in):
    page = signed_in(rosa).post(f"{box(article)}{step}", {"text": text})
    assert complaint in page.text
    assert text in page.text
    assert not Comment.objects.exists()


def test_a_null_byte_is_not_an_accident(article, rosa, signed_in):
    page = signed_in(rosa).post(f"{box(article)}post/", {"text": "Ten letters\x00 and one that is none"})
    assert page.status_code in (200, 302)


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_a_lost_key_loses_nothing(key, article, rosa, signed_in):
    page = signed_in(rosa).post(f"{box(article)}post/", {"text": WORDS, "key": key})
    assert page.status_code == 302 or WORDS in page.text


def test_a_closed_discussion_says_so_and_gives_the_text_back(article, rosa, signed_in):
    Discussion.objects.filter(article=article).update(closes_at=timezone.now())
    client = signed_in(rosa)
    assert "This discussion is closed." in client.get(article.get_absolute_url()).text
    page = client.post(box(article), {"text": WORDS})
    assert "This discussion is closed" in page.text
    assert WORDS in page.text
    page = client.post(f"{box(article)}post/", {"text": WORDS})
    assert page.status_code == 409
    assert WORDS in page.text
    assert not Comment.objects.exists()


def test_a_piece_one_may_not_know_of_takes_no_comment(article, rosa, maggie, signed_in):
    client = signed_in(rosa)
    article.remove(by=maggie, notice="At the request of a court.")
    assert client.post(box(article), {"text": WORDS}).status_code == 410
    assert client.post("/articles/2020/nothing/comments/", {"text": WORDS}).status_code == 404


def test_looking_changes_nothing(article, client):
    for step in ("", "post/"):
        assert (
            client.get(f"{box(article)}{step}").headers["Location"]
            == f"{article.get_absolute_url()}#comments"
        )


def test_too_many_comments_are_told_when_to_try_again(article, rosa, signed_in, settings):
    settings.THROTTLES = settings.THROTTLES | {"comment_newcomer": (1, 60)}
    client = signed_in(rosa)
    client.post(f"{box(article)}post/", {"text": WORDS})
    page = client.post(f"{box(article)}post/", {"text": "雾笛不是多余的东西，它还在提醒我们四"})
    assert page.status_code == 429
    assert ">雾笛不是多余的东西，它还在提醒我们四</textarea>" in page.text


def test_one_rewords_and_withdraws_ones_own_comments_only(article, rosa, sami, mina, signed_in):
    comment = a_comment(article, rosa)
    for verb in ("withdraw", "reword"):
        assert signed_in(sami).get(f"/comments/{comment.pk}/{verb}/").status_code == 404
    client = signed_in(rosa)
    assert client.get(f"/comments/{comment.pk}/withdraw/").status_code == 200
    assert client.post(f"/comments/{comment.pk}/withdraw/").status_code == 302
    comment.refresh_from_db()
    assert comment.status == "withdrawn"
    for verb in ("withdraw", "reword"):
        assert client.get(f"/comments/{comment.pk}/{verb}/").headers["Location"] == "/comments/mine/"
    page = client.post(f"/comments/{comment.pk}/reword/", {"text": "Other words for the same."})
    assert page.status_code == 409
    assert "Other words for the same." in page.text


def test_my_comments_lists_ones_own_with_their_fate(article, rosa, sami, mina, signed_in):
    a_comment(article, rosa, "Something I wrote myself.")
    a_comment(article, sami, "Something Sami wrote.")
    page = signed_in(rosa).get("/comments/mine/")
    assert "Something I wrote myself." in page.text
    assert "Waiting to be read by the editors" in page.text
    assert "Something Sami wrote." not in page.text
    assert User.objects.count() > 1
