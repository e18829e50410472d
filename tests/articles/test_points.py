"""Points: what an editor asks for one by one, and what the author answers."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from articles.models import Letter, StaleText
from forum.lib.moves import Refused
from tests import makers
from tests.opened import as_now, opened

POINTS = [("must", "Say who signed it."), ("may", "Cut the second footnote."), ("must", "Give the year.")]


@pytest.fixture
def asked(sami, edith):
    """A piece that came back to Sami with three points."""
    piece = makers.with_author(sami, edith, points=POINTS)
    assert [str(point) for point in piece.letters.points_asked()] == [
        "1. (must) Say who signed it.",
        "2. (may) Cut the second footnote.",
        "3. (must) Give the year.",
    ]
    return piece


def answer(piece, by, **answers):
    numbered = {int(name[1:]): said for name, said in answers.items()}
    letter = piece.letters.asking().last()
    letter.answer_points(by=by, version=letter.version, answers=numbered)


def test_a_piece_goes_back_once_every_must_has_its_answer(asked, sami):
    with pytest.raises(Refused, match="points 1 and 3"):
        asked.resubmit(by=sami)
    answer(asked, sami, p1=("done", ""), p3=("not_done", ""))
    with pytest.raises(Refused, match="point 3"):  # a no without a word is no answer
        asked.resubmit(by=sami)
    answer(asked, sami, p3=("not_done", "Nobody knows the year."))
    asked.resubmit(by=sami)
    assert asked.status == "in_review"


def test_each_round_has_its_own_numbers_and_the_first_stays_readable(asked, sami, edith):
    answer(asked, sami, p1=("done", ""), p3=("done", ""))
    asked.resubmit(by=sami)
    asked.ask_for_changes(by=edith, letter="Once more.", due=asked.due_at, points=[("may", "A shorter title.")])
    assert [point.number for point in asked.letters.points_asked()] == [1]
    assert [letter.points.count() for letter in asked.letters.all()] == [3, 1]
    asked.resubmit(by=sami)


def test_only_the_author_answers_and_only_while_it_is_her_turn(asked, sami, edith, rosa):
    for stranger in (edith, rosa):
        with pytest.raises(PermissionDenied):
            answer(asked, stranger, p1=("done", ""))
    asked.call_back(by=edith)
    with pytest.raises(PermissionDenied):
        answer(asked, sami, p1=("done", ""))


def test_a_second_window_overwrites_nothing(asked, sami):
    answer(asked, sami, p1=("otherwise", "In the note."))
    with pytest.raises(StaleText):
        asked.letters.asking().last().answer_points(by=sami, version=0, answers={1: ("done", "")})
    assert asked.letters.points_asked()[0].reply == "Done differently. In the note."


def test_who_mends_an_answer_that_was_refused_meets_no_second_window(asked, sami, signed_in):
    page, url = signed_in(sami), f"{asked.get_absolute_url()}answers/"
    said = {"version": 0, "answer_1": "done", "words_1": "Here.", "answer_3": "nonsense"}
    refused = page.post(url, said)
    assert (refused.status_code, refused.context["form"]["version"].value()) == (200, 1)
    assert page.post(url, {**said, "version": 1, "answer_3": "done"}).status_code == 302


def test_a_save_answers_with_its_own_version_and_not_with_a_later_one(asked, sami, signed_in, monkeypatch):
    save = Letter.answer_points

    def and_then_another(letter, **said):
        save(letter, **said)
        save(letter, by=sami, version=said["version"] + 1, answers={1: ("done", "Elsewhere.")})

    monkeypatch.setattr(Letter, "answer_points", and_then_another)
    said = {"version": 0, "answer_1": "done", "words_1": "Here."}
    assert signed_in(sami).post(f"{asked.get_absolute_url()}answers/save/", said).json() == {"version": 1}


def test_what_is_still_to_be_answered_is_said_at_the_top_of_the_text_with_the_way_to_it(asked, sami, signed_in):
    page, url = signed_in(sami), asked.get_absolute_url()
    said = {**opened(page, f"{url}answers/", "version"), "answer_1": "otherwise", "words_1": ""}
    answer = page.post(f"{url}answers/", said, follow=True)
    assert answer.redirect_chain == [(f"{url}write/", 302)]  # with a fragment the words above would be out of sight
    sent = page.post(f"{url}resubmit/", opened(page, f"{url}write/", "version"))
    for shown in (answer.text, sent.text):
        before_the_text = shown.partition('name="title"')[0]
        assert "Say first what you did about points 1 and 3" in before_the_text
        assert f'href="{url}answers/"' in before_the_text


def test_the_desk_opens_with_what_the_author_answered_and_changed(asked, sami, edith, signed_in, work):
    url = f"{asked.get_absolute_url()}answers/"
    page = signed_in(sami)
    seen = page.get(url).context["form"].initial["version"]
    said = {"version": seen, "answer_1": "done", "answer_3": "otherwise", "words_3": "I name the decade."}
    assert page.post(f"{url}save/", said).json() == {"version": seen + 1}
    late = page.post(url, {**said, "words_3": "I give the day."})  # typed in a window opened before
    assert late.status_code == 409
    assert "I give the day." in late.content.decode()
    assert "I name the decade." in late.content.decode()
    assert page.post(url, {**said, "version": seen + 1}).url == f"{asked.get_absolute_url()}write/"
    asked.refresh_from_db()
    asked.write(by=sami, version=asked.version, body=makers.BODY.replace("March", "April 1949"))
    asked.resubmit(by=sami)
    desk = signed_in(edith).get(f"/admin/submissions/{asked.code}/").content.decode()
    assert "<ins>April 1949" in desk
    work()
    to_sami = next(letter.body for letter in mail.outbox if "again" in letter.subject)
    assert "1. Must: Say who signed it.\n\n2. May: Cut the second footnote." in to_sami
    to_edith = next(letter.body for letter in mail.outbox if letter.to == [edith.email])
    assert "2. May: Cut the second footnote.\n> No answer." in to_edith
    assert "3. Must: Give the year.\n> Done differently. I name the decade." in to_edith


def test_an_editor_asks_with_as_many_rows_as_she_needs_and_loses_nothing(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    url = f"/admin/submissions/{piece.code}/ask_for_changes/"
    desk = signed_in(edith)
    assert len(desk.get(url).context["form"].point_rows) == 5
    sent = {"letter": "Dear Sami, please.", "due": "soon", "point_5": "Say who.", "weight_5": "may", **as_now(piece)}
    more = desk.post(url, {**sent, "step": "more"}).context["form"]
    assert len(more.point_rows) == 6
    assert more["letter"].value() == "Dear Sami, please."
    refused = desk.post(url, {**sent, "point_6": "Say when.", "weight_6": "must"})
    assert "Say when." in refused.content.decode()
    due = more.fields["due"].initial or desk.get(url).context["form"].initial["due"]
    assert desk.post(url, {**sent, "due": due, "point_6": "Say when.", "weight_6": "must"}).status_code == 302
    piece.refresh_from_db()
    assert [str(point) for point in piece.letters.points_asked()] == ["1. (may) Say who.", "2. (must) Say when."]
