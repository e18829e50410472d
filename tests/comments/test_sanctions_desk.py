"""Steps against a writer, taken and lifted from the page of a comment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import Sanction
from tests.comments.making import a_published, a_removed, a_reported, a_rule, a_sanction
from tests.makers import a_person
from tests.opened import as_now

WEEK = timedelta(days=7)


@pytest.fixture
def desk(signed_in, mina):
    return signed_in(mina)


@pytest.fixture
def comment(article, rosa, mina):
    return a_reported(article, rosa, mina, "I read it twice. Only a fool could write this.")


def sanction(desk, comment, **said):
    said = {"level": "pause", "days": "usual", "quote": "", "rule": a_rule().pk, "reason": "Cool down, please."} | said
    said = {**as_now(comment), **said}
    return desk.post(
        f"/admin/comments/{comment.pk}/writer/sanction/", {f"sanction-{name}": value for name, value in said.items()}
    )


def lift(desk, comment, held, reason="He has apologised."):
    return desk.post(f"/admin/comments/{comment.pk}/writer/sanctions/{held.pk}/lift/", {"reason": reason})


def test_a_writer_is_kept_from_writing_for_a_month(comment, rosa, mina, desk):
    page = sanction(desk, comment, days="30", quote="Only a fool could write this.")
    assert page.headers["Location"] == f"/admin/comments/{comment.pk}/"
    held = Sanction.objects.get()
    assert (held.user, held.level, held.status, held.ruling.by) == (rosa, "pause", "in_force", mina)
    assert held.ruling.quote == "Only a fool could write this."
    assert held.ruling.reason == "Cool down, please."
    assert abs(held.until - timezone.now() - timedelta(days=30)) < timedelta(minutes=5)
    text = desk.get(f"/admin/comments/{comment.pk}/").text
    assert "Done: you kept its writer from writing for a time." in text
    assert "Cool down, please." in text


def test_each_step_has_its_usual_time(comment, desk):
    sanction(desk, comment)
    assert abs(Sanction.objects.get().until - timezone.now() - WEEK) < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"reason": ""}, "Give the writer a reason."),
        ({"rule": ""}, "Choose the rule that was broken."),
        ({"level": "warn", "days": "8"}, "Select a valid choice"),
        ({"level": "warn", "days": ""}, "Choose for how long."),
        ({"quote": "Nobody said this."}, "Select a valid choice"),
        ({"level": "ban"}, "Select a valid choice"),
    ],
)
def test_a_form_with_something_wrong_comes_back_with_its_words(said, complaint, comment, desk):
    page = sanction(desk, comment, **{"reason": "I have written this with care."} | said)
    assert complaint in page.text
    assert ("I have written this with care." in page.text) == ("reason" not in said)
    assert not Sanction.objects.exists()


def test_the_same_step_is_not_taken_twice(comment, edith, desk):
    a_sanction(comment, by=edith, level="pause")
    page = sanction(desk, comment)
    assert "This holds against this person already. Lift it first." in page.text
    assert "Cool down, please." in page.text


def test_nobody_at_the_desk_is_sanctioned_here(article, mina, eno, desk):
    page = sanction(desk, a_published(article, eno, mina))
    assert "People at the desk are not sanctioned here." in page.text


def test_only_editors_ban(comment, edith, desk, signed_in):
    address = f"/admin/comments/{comment.pk}/"
    assert 'value="ban"' not in desk.get(address).text
    desk = signed_in(edith)
    assert 'value="ban"' in desk.get(address).text
    sanction(desk, comment, level="ban")
    assert Sanction.objects.get().level == "ban"


def test_the_page_counts_and_suggests_the_next_step(article, mina, eno, desk):
    writer = a_person("Toni Terse")
    steps = ["Warning", "Warning", "Comments are read before they appear", "Pause: no new comments for a time"]
    for number, step in enumerate([*steps, "Ban: no new comments"]):
        comment = a_published(article, writer, mina)
        text = desk.get(f"/admin/comments/{comment.pk}/").text
        assert f"The usual next step: <strong>{step}</strong>" in text
        assert ("That is for an editor; ask one." in text) == step.startswith("Ban")
        if number:
            assert f"{number} decision{'s'[: number > 1]} against comments of this writer within a year." in text
        a_removed(article, writer, eno)


@pytest.mark.parametrize("turn", ["", "²", "-1", "9" * 40])
def test_nobody_is_banned_for_a_comment_that_was_put_back_meanwhile(turn, comment, mina, edith, signed_in):
    comment.remove(by=mina, rule=a_rule(), reason="It is rude.")
    desk, before = signed_in(edith), as_now(comment)
    comment.restore(by=mina)
    late = sanction(desk, comment, level="ban", reason="Three times is enough.", **before)
    assert late.status_code == 409
    assert "put back" in late.text
    assert "Three times is enough." in late.text
    assert sanction(desk, comment, level="ban", seen=turn).status_code == 409
    assert not Sanction.objects.exists()
    assert sanction(desk, comment, level="ban").status_code == 302


def test_what_holds_is_lifted_with_a_reason(article, comment, rosa, edith, desk):
    held = a_sanction(comment, by=edith)
    other = a_published(article, rosa, edith)
    text = desk.get(f"/admin/comments/{other.pk}/").text
    assert "Please argue with what was said." in text
    assert f"/admin/comments/{other.pk}/writer/sanctions/{held.pk}/lift/" in text
    assert "Say why it is lifted." in lift(desk, other, held, reason="").text
    assert lift(desk, other, held).headers["Location"] == f"/admin/comments/{other.pk}/"
    held.refresh_from_db()
    assert (held.status, held.events.last().note) == ("lifted", "He has apologised.")


def test_who_lifts_second_sees_who_was_first(comment, edith, eno, desk):
    held = a_sanction(comment, by=edith)
    held.lift(by=eno, reason="Enough.")
    page = lift(desk, comment, held)
    assert page.status_code == 409
    assert "lifted it" in page.text
    assert "Eno Editor" in page.text
    assert "He has apologised." in page.text


def test_a_ban_is_lifted_by_editors_only(comment, edith, desk, signed_in):
    held = a_sanction(comment, by=edith, level="ban")
    address = f"/admin/comments/{comment.pk}/"
    assert "/lift/" not in desk.get(address).text
    assert lift(desk, comment, held).status_code == 403
    desk = signed_in(edith)
    assert "/lift/" in desk.get(address).text
    lift(desk, comment, held)
    held.refresh_from_db()
    assert held.status == "lifted"


def test_what_holds_against_somebody_else_is_not_lifted_from_here(article, comment, mina, edith, desk):
    held = a_sanction(comment, by=edith)
    assert lift(desk, a_published(article, a_person(), mina), held).status_code == 404


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_sanctions_about_their_own_comment_or_piece(article, comment, sami, mina, signed_in, superuser):
    sami.groups.set(mina.groups.all())
    sami.is_superuser = superuser
    sami.save(update_fields=["is_superuser"])
    held = a_sanction(comment, by=mina)
    desk = signed_in(sami)
    assert sanction(desk, comment).status_code == 404
    assert lift(desk, comment, held).status_code == 404
