"""A question that came with two answers has none: nobody chooses between them, and nothing is done."""

from lxml.html import CheckboxGroup

from forum.lib.web.typed import known
from tests import access, makers
from tests.comments import making
from tests.opened import as_now, seen
from tests.world.browsing import forms_of
from tests.world.test_bad_input import OPENED, SITE, WORDS, Everybody
from tests.world.test_left_out import forms_once, press, whole

SEVERAL = {"groups", "other_topics", "regions", "ticked", "_selected_action", "ai"}


def several(form):
    """Return the names under which a browser may send several answers."""
    boxes = {name for name, field in form.fields if isinstance(field, CheckboxGroup) or getattr(field, "multiple", "")}
    return boxes | {name for name, said in form.sent.items() if len({*said}) > 1}


def is_single(name):
    return name.rpartition("-")[2] not in SEVERAL and name != "csrfmiddlewaretoken"


def test_no_form_of_the_site_sends_two_answers_to_one_question(world, cast):
    everybody, wrong, tried = Everybody(world, cast), [], 0
    for name, address in SITE.items():
        for person in [person for person in access.PEOPLE if OPENED[name][person] == "200"]:
            page = everybody.opens(name, person).content
            for form in forms_of(page, address.path(world.arguments(address))):
                tried += 1
                wrong += [(name, field) for field in several(form) if is_single(field)]
    assert wrong == []
    assert tried > 60
    assert known().several == SEVERAL


def test_no_form_of_the_site_counts_where_a_question_has_two_answers(world, cast):
    wrong, tried = [], 0
    for names, (browser, form) in forms_once(world, Everybody(world, cast)).items():
        sent = whole(form, untouched=False)
        for field in [field for field in sent if is_single(field)][:1]:
            tried += 1
            status, page, written = press(browser, form.target, {**sent, field: [*sent[field], "²"]})
            if status != 400 or written or b"Two answers came to one question" not in page:
                wrong.append((*names, field, status))
    assert wrong == []
    assert tried > 60


def test_now_and_later_together_publish_nothing(sami, edith, maggie, signed_in):
    piece = makers.a_ready(sami, edith)
    browser, address = signed_in(maggie), f"/admin/submissions/{piece.code}/publish/"
    for when in (["now", "at"], ["at", "now"]):
        answer = browser.post(address, {"when": when, "shown": "now", **as_now(piece)})
        assert answer.status_code == 400
    piece.refresh_from_db()
    assert piece.status == "ready"


def test_a_preview_and_the_letter_itself_together_send_nothing_and_lose_no_word(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    said = {"letter": WORDS, "step": ["preview", ""], **as_now(piece)}
    answer = signed_in(edith).post(f"/admin/submissions/{piece.code}/accept/", said)
    assert (answer.status_code, WORDS in answer.text) == (400, True)
    piece.refresh_from_db()
    assert piece.status == "in_review"


def test_two_steps_at_once_are_none(article, rosa, mina, edith, signed_in):
    comment = making.a_published(article, rosa, mina)
    said = {"level": ["warn", "ban"], "days": "usual", "rule": making.a_rule().pk, "reason": "Rude.", **as_now(comment)}
    said = {f"sanction-{name}": value for name, value in said.items()}
    assert signed_in(edith).post(f"/admin/comments/{comment.pk}/writer/sanction/", said).status_code == 400
    assert not comment.sanctions.exists()


def test_an_account_that_is_open_and_closed_at_once_stays_as_it_is(ada, rosa, signed_in):
    browser, place = signed_in(ada), f"/admin/accounts/user/{rosa.pk}/change/"
    said = {"name": "Rosa", "is_active": ["yes", "no"], **seen(browser, place)}
    assert browser.post(place, said).status_code == 400
    rosa.refresh_from_db()
    assert rosa.is_active
