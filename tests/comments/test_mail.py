"""Letters about comments: who is told what, once."""

import pytest
from django.template.loader import get_template

from accounts.models import Delivery
from comments.models import Appeal
from comments.workflow import APPEAL, COMMENT, REPORT_CASE
from forum.lib.moves import Guest
from forum.pages.models import SiteSettings
from tests.comments.making import COMMENTS_IN, a_comment, a_published, a_removed, a_report, a_rule

TELLING = [
    (f"{prefix}{verb}")
    for prefix, machine in (("", COMMENT), ("report_", REPORT_CASE), ("appeal_", APPEAL))
    for verb, move in machine.moves.items()
    if move.tells
]
DECISIONS = {
    "approve": ("pending", {}),
    "approve_and_trust": ("pending", {}),
    "restore": ("removed", {"reason": "We were wrong."}),
    "hide": ("published", {"rule": "attack", "reason": "We look."}),
    "ask_to_reword": ("published", {"rule": "attack", "reason": "We look."}),
    "remove": ("published", {"rule": "attack", "reason": "We look."}),
    "mark_spam": ("published", {"rule": "spam"}),
}


@pytest.mark.parametrize("template", TELLING)
def test_every_telling_move_has_its_letter(template):
    assert get_template(f"mail/comments/{template}.txt")


def test_every_move_that_tells_the_writer_is_tried_below():
    decisions = {verb for verb, move in COMMENT.moves.items() if move.tells} - {"withhold", "restore_to_wait"}
    assert set(DECISIONS) == decisions


@pytest.mark.parametrize("verb", DECISIONS)
def test_the_writer_is_told(verb, article, rosa, mina, queued):
    SiteSettings(pk=1, contact_email="desk@example.org").save(force_insert=not SiteSettings.objects.exists())
    state, said = DECISIONS[verb]
    comment = COMMENTS_IN[state](article, rosa, mina)
    queued()
    Delivery.objects.all().delete()
    if "rule" in said:
        said = said | {"rule": a_rule(said["rule"])}
    getattr(comment, verb)(by=mina, **said)
    queued()
    letter = Delivery.objects.get()
    assert (letter.to, letter.reply_to) == (rosa.email, "desk@example.org")
    assert "A promise at night" in letter.text
    assert "{" not in letter.text
    if "rule" in said:
        assert comment.ruling.statement in letter.text


def test_whoever_is_trusted_is_promised_no_more_than_holds(article, rosa, mina, queued):
    a_comment(article, rosa).approve_and_trust(by=mina)
    queued()
    promise = "From now on your comments appear at once, unless a rule lets one wait."
    assert promise in Delivery.objects.get(to=rosa.email).text
    rosa.refresh_from_db()
    links = "https://a.example https://b.example https://c.example"
    assert a_comment(article, rosa, f"See {links} for more.").current.held_for == "links"


def test_posting_tells_nobody(article, mina, queued):
    a_comment(article, mina)
    queued()
    assert not Delivery.objects.filter(key__startswith="comments.").exists()


@pytest.mark.parametrize(
    ("decide", "outcome"),
    [
        (lambda c, m: c.remove(by=m, rule=a_rule(), reason="Yes."), "the comment was removed"),
        (lambda c, m: c.keep(by=m, reason="Secret note."), "the comment stays"),
        (lambda c, m: c.withdraw(by=c.author), "the writer withdrew"),
    ],
    ids=["removed", "kept", "withdrawn"],
)
def test_reporters_with_an_address_hear_the_outcome_once(decide, outcome, article, rosa, sami, mina, queued):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    report = a_report(comment, by=Guest("ines@example.org"), words="Private words.")
    a_report(comment)
    decide(comment, mina)
    queued()
    letters = Delivery.objects.filter(key__startswith="comments.report:")
    assert {letter.to for letter in letters} == {sami.email, "ines@example.org"}
    for letter in letters:
        assert outcome in letter.text
        assert comment.current.text not in letter.text
        assert "Secret note." not in letter.text
    assert report.receipt in letters.get(to="ines@example.org").text


def test_the_letter_to_the_writer_names_no_reporter(article, rosa, sami, mina, queued):
    sami.rename("Canary Xylophone")
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami, words="I, Xylophone, am offended.")
    comment.remove(by=mina, rule=a_rule(), reason="Yes.")
    queued()
    for letter in Delivery.objects.filter(to=rosa.email):
        assert "Xylophone" not in letter.text + letter.html


@pytest.mark.parametrize(
    ("verb", "subject"), [("reverse", "Decision reversed"), ("let_stand", "Decision stands")]
)
def test_who_objected_hears_what_came_of_it(verb, subject, article, rosa, mina, edith, queued):
    appeal = Appeal.submit(a_removed(article, rosa, mina).ruling, by=rosa, words="Look again.")
    getattr(appeal, verb)(by=edith, reason="We talked about it.")
    queued()
    letter = Delivery.objects.get(subject=subject)
    assert letter.to == rosa.email
    assert "We talked about it." in letter.text
