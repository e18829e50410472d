"""Every letter about a piece: whom it reaches, what it says, and that it goes out once."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import get_template
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery, User
from articles import clock, tasks
from articles.mail import tell_about_submission, template_for
from articles.models import Kind, Message, Region, Topic
from articles.signing import digest_of
from articles.workflow import ARTICLE, MESSAGE, SAFETY, SUBMISSION
from forum.lib.moves import CLOCK, Guest
from forum.pages.models import SiteSettings
from tests import makers

TELLING = [
    (verb, audience)
    for machine in (SUBMISSION, ARTICLE, MESSAGE, SAFETY)
    for verb, move in machine.moves.items()
    for audience in move.tells
]


@pytest.fixture
def said(work):
    """Return the letters so far as pairs of name and subject; with `to`, the last one to that person."""

    def letters(to=None):
        work()
        found = [(letter.to[0].partition("@")[0], letter) for letter in mail.outbox]
        if to:
            return next(letter for name, letter in reversed(found) if name == to)
        return [(name, letter.subject) for name, letter in found]

    return letters


PAGE_CLOSED = {"remove", "take_off", "take_back"}  # there is nothing left that its reader could open


@pytest.mark.parametrize(("verb", "audience"), TELLING)
def test_every_telling_move_has_its_letter(verb, audience):
    source = get_template(f"mail/{template_for(verb, audience)}.txt").template.source
    assert source.startswith("Subject: ")
    assert "{{ site_url }}" in source or verb in PAGE_CLOSED


MAILS = [path for folder in settings.TEMPLATES[0]["DIRS"] for path in Path(folder, "mail").rglob("*.txt")]
NEVER_EMPTY = {"person.greeted_as", "appeal.objector.greeted_as", "appeal.guest_name"}


def test_every_letter_greets_by_what_is_never_empty():
    greeting = re.compile(r"(\{%[^%]*%\})?Dear \{\{ *(.*?) *\}\}")
    greetings = [found for path in MAILS for found in greeting.findall(path.read_text())]
    assert len(greetings) > 30
    assert {(asked, name) for asked, name in greetings if name not in NEVER_EMPTY} == {
        ("{% if message.name %}", "message.name")
    }


def test_somebody_without_a_name_is_greeted_all_the_same(sami, edith, said):
    piece = makers.in_review(sami, edith)
    User.objects.filter(pk=sami.pk).update(name="")
    piece.refresh_from_db()
    piece.withdraw(by=sami)
    assert said("sami").body.startswith("Dear author,\n")
    assert said("edith").body.startswith("Dear Edith Editor,\n\nThe author has withdrawn")


def test_who_has_no_name_is_known_by_the_one_she_is_printed_under(sami, said):
    User.objects.filter(pk=sami.pk).update(name="")
    sami.refresh_from_db()
    makers.a_submitted(sami, name="Sami S.")
    assert said("sami").body.startswith("Dear Sami S.,\n")
    sami.refresh_from_db()
    makers.a_submitted(sami, name="S. Student")
    assert sami.name == "Sami S."


def test_a_piece_that_goes_all_the_way_writes_to_the_right_people(sami, edith, maggie, said):
    piece = makers.with_author(sami, edith)
    piece.extend(by=sami)
    piece.resubmit(by=sami)
    piece.accept(by=edith, letter="We are glad to have this.")
    piece.classify(**a_place())
    piece.send_proof(by=edith)
    piece.request_correction(by=sami, note="March, not May.")
    piece.send_proof(by=edith)
    piece.sign_off(by=sami, digest=digest_of(piece))
    piece.publish(by=maggie)
    clock.announce_due()
    title = "“A promise at night”"
    assert said() == [
        ("sami", f"We have {title}"),
        ("sami", f"An editor is reading {title}"),
        ("sami", f"Please look at {title} again"),
        ("sami", f"More time for {title}"),
        ("sami", f"Your changes to {title} have arrived"),
        ("edith", f"The changes to {title} are here"),
        ("sami", f"We would like to publish {title}"),
        ("sami", f"The proof of {title}"),
        ("edith", f"A correction in the proof of {title}"),
        ("sami", f"The proof of {title}"),
        ("sami", f"{title} is approved"),
        ("sami", f"{title} is published"),
    ]


def a_place():
    return {
        "kind": Kind.objects.first(),
        "topics": [Topic.objects.first()],
        "regions": [Region.objects.first()],
    }


def test_a_letter_carries_the_editors_words_the_date_the_link_and_her_address(sami, edith, said, settings):
    piece = makers.with_author(sami, edith, days=14)
    letter = said("sami")
    assert "Please say who signed it." in letter.body
    assert f"by {timezone.localtime(piece.due_at):%A %-d %B}" in letter.body
    assert f"{settings.SITE_URL}/submissions/{piece.code}/" in letter.body
    assert letter.reply_to == [edith.email]
    assert "&" not in letter.subject


def test_a_second_acceptance_does_not_repeat_the_first_letter(sami, edith, maggie, said):
    piece = makers.an_accepted(sami, edith)
    assert "We are glad to have this." in said("sami").body
    piece.revoke(by=maggie, letter="We erred.")
    piece.reconsider(by=maggie)
    piece.accept(by=edith)
    assert "We would like to publish" in said("sami").subject
    assert "We are glad to have this." not in said("sami").body


def test_before_anybody_handles_it_answers_go_to_the_office(sami, said):
    SiteSettings.objects.update_or_create(pk=1, defaults={"editor_email": "office@example.org"})
    makers.a_submitted(sami)
    assert said("sami").reply_to == ["office@example.org"]


def test_marks_in_a_title_are_printed_as_they_are(sami, said):
    makers.a_submitted(sami, title="War & <peace>\u2028again")
    letter = said("sami")
    assert "War & <peace>" in letter.subject
    assert "War & <peace>" in letter.body
    assert "War &amp; &lt;peace&gt;" in letter.alternatives[0].content


def test_a_managing_editor_tells_the_editor_she_gives_a_piece_to(sami, edith, eno, maggie, said):
    piece = makers.a_submitted(sami)
    piece.assign(by=maggie, to=edith)
    assert "Yours to handle" in said("edith").subject
    piece.reassign(by=maggie, to=eno)
    assert "Yours to handle" in said("eno").subject
    assert "/admin/submissions/" in said("eno").body


@pytest.mark.parametrize(
    "end", ["decline", "withdraw", "lapse", "revoke", "unlock", "recall_proof", "call_back"]
)
def test_every_end_and_every_step_back_is_said(end, sami, edith, maggie, said):
    {
        "decline": lambda: makers.in_review(sami, edith).decline(by=edith, letter="Not for us."),
        "withdraw": lambda: makers.in_review(sami, edith).withdraw(by=sami, note="Found another home."),
        "lapse": lambda: makers.with_author(sami, edith, days=-60).lapse(by=CLOCK),
        "revoke": lambda: makers.an_accepted(sami, edith).revoke(by=maggie, letter="We erred."),
        "unlock": lambda: makers.a_ready(sami, edith).unlock(by=edith),
        "recall_proof": lambda: makers.a_proof(sami, edith).recall_proof(by=edith),
        "call_back": lambda: makers.with_author(sami, edith).call_back(by=edith),
    }[end]()
    letter = said("sami")
    assert "A promise at night" in letter.subject
    begins = {"decline": "Not for us.", "revoke": "We erred."}
    assert letter.body.startswith(begins.get(end, "Dear Sami Student,"))


def test_who_gets_a_letter_is_greeted_once(sami, edith, said):
    piece = makers.in_review(sami, edith)
    piece.accept(by=edith, letter="Dear Sami,\n\nWe are glad to have this.\n\nEdith")
    assert said("sami").body.startswith(
        "Dear Sami,\n\nWe are glad to have this.\n\nEdith\n\nIt is the editors’ turn"
    )
    assert said("sami").body.count("Dear") == 1


def test_the_author_hears_of_a_correction_but_not_of_a_typing_error(sami, edith, maggie, said):
    article = makers.an_article(sami, edith, maggie, body="<p>It was made in teh month of March.</p>")
    article.amend(by=edith, change="typo", body="<p>It was made in the month of March.</p>")
    assert not any("was changed" in subject for _, subject in said())
    body = "<p>It was made in the month of May.</p>"
    article.amend(by=edith, change="correction", note="It was May.", body=body)
    assert "It was May." in said("sami").body


def test_a_withdrawal_reaches_the_editor_with_its_reason(sami, edith, said):
    makers.in_review(sami, edith).withdraw(by=sami, note="Found another home.")
    assert "Found another home." in said("edith").body


def test_a_date_to_come_is_said_moved_and_called_off(sami, edith, maggie, said):
    piece = makers.a_scheduled(sami, edith, maggie)
    assert "has its day" in said("sami").subject
    piece.reschedule(by=maggie, at=timezone.now() + timedelta(days=9))
    assert f"{timezone.localtime(piece.article.published_at):%-d %B %Y}" in said("sami").body
    piece.unschedule(by=maggie)
    assert "is put off" in said("sami").subject


def test_what_happens_in_public_is_told_to_the_author(article, maggie, said):
    article.retract(by=maggie, notice="The figures cannot be checked.")
    assert "The figures cannot be checked." in said("sami").body
    article.restore(by=maggie)
    assert "is no longer retracted" in said("sami").subject
    assert "The notice above it is gone" in said("sami").body
    article.remove(by=maggie, notice="Removed at the request of a court.")
    assert "Removed at the request of a court." in said("sami").body
    article.restore(by=maggie)
    assert "is back" in said("sami").subject
    assert "can be read again, as it was" in said("sami").body


def test_an_answer_reaches_whoever_left_an_address(mina, article, said):
    fields = {"kind": Message.Kind.CORRECTION, "text": "It was May.", "article": article}
    asked = Message.send(
        by=Guest("teacher@example.org"), email="teacher@example.org", name="Tereza", **fields
    )
    asked.answer(by=mina, text="You are right, thank you.")
    letter = said("teacher")
    assert "You are right, thank you." in letter.body
    assert asked.get_absolute_url() in letter.body
    Message.send(by=Guest(), **fields).answer(by=mina, text="We looked it up.")
    assert said("teacher") is letter


def test_a_letter_goes_out_once_however_often_its_task_runs(sami, work):
    event = makers.a_submitted(sami).events.last()
    work()
    tell_about_submission(event, "author")
    tell_about_submission(event, "author")
    work()
    assert Delivery.objects.count() == len(mail.outbox) == 1


def test_what_an_earlier_version_queued_is_told_after_an_update(sami, said):
    event = makers.a_submitted(sami).events.last()
    DBTaskResult.objects.all().delete()
    tasks.tell_about_submission.enqueue(event.pk, "author")
    assert [name for name, _ in said()] == ["sami"]
