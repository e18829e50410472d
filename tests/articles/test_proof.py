"""The proof: corrected in words or in the text, changes taken and left, approved, and published by that."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Delivery
from articles import approved, signing
from articles.approved import unapproved
from articles.models import Conflict, Picture, Submission
from articles.signing import content_of, digest_of
from forum import clock
from forum.lib.moves import Refused
from forum.lib.word.body import child
from tests import makers
from tests.access import Rendition
from tests.articles.test_uploads import SAMPLE

EDITED = makers.BODY.replace("in daylight", "at noon").replace("See the preamble", "See its preamble")


def page(piece, what=""):
    return piece.get_absolute_url() + what


def desk(piece, what=""):
    return f"/admin/submissions/{piece.code}/{what}"


@pytest.fixture
def edited(sami, edith):
    """A proof in which Edith changed the title and two places of the text."""
    piece = makers.an_accepted(sami, edith)
    piece.write(by=edith, version=piece.version, title="A promise by night", body=EDITED)
    piece.send_proof(by=edith)
    return piece


def typed(response):
    """Return what stands in the form of a page, to be sent again."""
    form = response.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def test_an_author_corrects_the_text_and_sees_it_before_it_is_sent(edited, sami, edith, signed_in, work, mailoutbox):
    browser, at = signed_in(sami), page(edited, "request_correction/")
    text = {**typed(browser.get(at)), "body": EDITED.replace("made at noon", "made at dawn"), "note": "It was dawn."}
    shown = browser.post(at, text)
    assert "made at <del>noon</del> <ins>dawn</ins>" in shown.text
    edited.refresh_from_db()
    assert edited.status == "proof"
    assert browser.post(at, typed(shown)).status_code == 302
    edited.refresh_from_db()
    assert (edited.status, edited.body) == ("accepted", text["body"])
    assert [revision.verb for revision in edited.revisions.all()] == ["submit", "send_proof", "request_correction"]
    work()
    letter = next(mail for mail in mailoutbox if mail.to == [edith.email] and "correction" in mail.subject)
    assert "It was dawn." in letter.body
    assert "1 word added, 1 removed, in 1 place." in letter.body
    review = signed_in(edith).get(desk(edited)).text
    assert "Proof came back" in review
    assert desk(edited, "compare/2..3/") in review
    assert "<ins>dawn</ins>" in browser.get(desk(edited, "compare/2..3/")).text
    edited.send_proof(by=edith)
    assert "Proof came back" not in browser.get(desk(edited)).text


def test_a_word_file_with_the_proof_corrects_it_only_once_it_is_sent(edited, sami, signed_in, monkeypatch):
    monkeypatch.setattr("forum.lib.word.convert.run", lambda task, data, **limits: child(data))
    browser, digest = signed_in(sami), digest_of(edited)
    shown = browser.post(page(edited, "upload/"), {"file": SimpleUploadedFile("mine.docx", SAMPLE)}, follow=True)
    assert "<ins>Who Should Pay for a Sinking Coast?</ins>" in shown.text
    edited.refresh_from_db()
    assert (edited.status, digest_of(edited)) == ("proof", digest)
    browser.post(page(edited, "request_correction/"), typed(shown))
    edited.refresh_from_db()
    assert (edited.status, edited.title) == ("accepted", "Who Should Pay for a Sinking Coast?")
    assert edited.revisions.last().upload.name == "mine.docx"


def test_a_correction_of_a_proof_that_was_changed_meanwhile_shows_the_newer_difference(edited, sami, edith, signed_in):
    browser, at = signed_in(sami), page(edited, "request_correction/")
    mine = {**typed(browser.get(at)), "body": makers.BODY, "note": "As I wrote it."}
    mine = typed(browser.post(at, mine))
    edited.recall_proof(by=edith)
    edited.write(by=edith, version=edited.version, title="A promise at dusk")
    edited.send_proof(by=edith)
    late = browser.post(at, mine)
    assert late.status_code == 409
    assert "A promise <del>at dusk</del> <ins>by night</ins>" in late.text
    assert "As I wrote it." in late.text


def test_an_author_leaves_one_of_the_changes_in_the_proof(edited, sami, signed_in):
    browser, at = signed_in(sami), page(edited, "changes/")
    shown = browser.get(at)
    numbered = [(change.number, part) for part, change, _ in shown.context["form"].rows]
    assert numbered == [(1, "Title"), (2, "Text"), (3, "Text")]
    proposed = browser.post(at, {**typed(shown), "change-2": "leave"})
    assert "made <del>at noon</del> <ins>in daylight</ins>" in proposed.text
    browser.post(page(edited, "request_correction/"), typed(proposed))
    edited.refresh_from_db()
    assert (edited.status, edited.title) == ("accepted", "A promise by night")
    assert edited.body == EDITED.replace("at noon", "in daylight")


def test_an_author_leaves_a_change_while_the_piece_is_with_her(sami, edith, maggie, signed_in):
    piece = makers.an_accepted(sami, edith)
    piece.write(by=edith, version=piece.version, title="A promise by night", body=EDITED)
    piece.revoke(by=maggie, letter="We are sorry.")
    piece.reconsider(by=maggie)
    piece.ask_for_changes(by=edith, letter="Please say who.", due=timezone.now() + timedelta(days=5))
    browser, at = signed_in(sami), page(piece, "changes/")
    choice = {**typed(browser.get(at)), "change-1": "leave"}
    assert "<del>by</del> <ins>at</ins> night" in browser.post(at, choice).text
    piece.refresh_from_db()
    assert piece.title == "A promise by night"
    assert browser.post(at, {**choice, "version": piece.version - 1}).status_code == 409
    browser.post(at, {**choice, "step": "use"})
    piece.refresh_from_db()
    assert (piece.title, piece.body) == ("A promise at night", EDITED)


def test_the_proof_is_approved_after_its_changes_were_shown(edited, sami, signed_in):
    text = signed_in(sami).get(page(edited, "sign_off/")).text
    assert "Since your own text: 4 words added, 4 removed, in 3 places" in text
    assert text.index("<del>in daylight</del>") < text.index("As it would be printed") < text.index('name="digest"')


def a_hand_in(**fields):
    """Return how somebody changes a piece past every verb."""
    return lambda piece: Submission.objects.filter(pk=piece.pk).update(**fields)


HANDS = {
    "Title": (a_hand_in(title="A promise at nigth"), "<del>h</del>t<ins>h</ins>"),
    "Text": (
        lambda piece: a_hand_in(body=piece.body.replace("Every treaty", "Every\u00a0treaty"))(piece),
        "<ins>[no-break space]</ins>",
    ),
    "Authors and biographies": (lambda piece: piece.bylines.update(biography="Studies law in Split."), "<ins>"),
    "Pictures": (lambda piece: piece.pictures.update(alt="A map of the sea"), "<ins>of␣the␣sea␣</ins>"),
    "Questions and answers": (lambda piece: piece.answers.update(stance="no"), "<ins>no</ins>"),
    "Connection to the region": (a_hand_in(connection="lives"), "<ins>lives</ins>"),
}


def test_what_differs_from_the_approved_text_is_not_published_and_shown_by_the_letter(sami, edith, maggie, signed_in):
    piece = makers.an_accepted(sami, edith)
    picture = Picture.keep(b"as it came", alt="A map", submission=piece)
    picture.prepare([Rendition(320, 200, "image/jpeg", "jpg", b"a picture")])
    figure = f'<figure data-picture="{picture.key}"></figure>'
    Submission.objects.filter(pk=piece.pk).update(body=makers.BODY + figure)
    piece.answers.create(question=makers.a_question(), stance="yes")
    Submission.objects.get(pk=piece.pk).send_proof(by=edith)
    piece.refresh_from_db()
    piece.sign_off(by=sami, digest=digest_of(piece))
    assert unapproved(piece) == []
    browser = signed_in(maggie)
    for n, (name, (change, shown)) in enumerate(HANDS.items(), 1):
        change(piece)
        found = {deviation.name: deviation.html for deviation in unapproved(Submission.objects.get(pk=piece.pk))}
        assert len(found) == n
        assert shown in found[name]
    with pytest.raises(Refused, match="differs from the one its author approved"):
        Submission.objects.get(pk=piece.pk).publish(by=maggie)
    for at in ("", "publish/"):
        text = browser.get(desk(piece, at)).text
        assert [name for name in HANDS if f"<dt>{name}</dt>" in text] == [*HANDS]
    piece.unlock(by=edith)
    assert "the approval no longer holds" in browser.get(desk(piece)).text


def test_no_field_of_what_is_approved_can_change_unseen(sami, edith, maggie, monkeypatch):
    piece = makers.a_ready(sami, edith)
    content = content_of(piece)
    for field, value in content.items():
        other = f"{value}\u200b" if isinstance(value, str) else [*value, ["another", "yes"]]
        changed = {**content, field: other}
        for module in (approved, signing):
            monkeypatch.setattr(module, "content_of", lambda piece, changed=changed: changed)
        assert [bool("<ins>" in deviation.html) for deviation in unapproved(piece)] == [True], field
        with pytest.raises(Refused):
            piece.publish(by=maggie)


def test_approval_publishes_at_its_time_where_a_managing_editor_arranged_it(edited, sami, maggie, signed_in):
    later = timezone.now() + timedelta(days=3)
    edited.publish_on_approval(by=maggie, at=later)
    browser = signed_in(sami)
    shown = browser.get(page(edited, "sign_off/"))
    assert "Your approval publishes this piece" in shown.text
    edited.publish_by_hand(by=maggie)
    assert browser.post(page(edited, "sign_off/"), typed(shown)).status_code == 409
    edited.publish_on_approval(by=maggie, at=later)
    browser.post(page(edited, "sign_off/"), typed(shown))
    edited.refresh_from_db()
    assert (edited.status, edited.article.published_at, edited.publisher) == ("published", later, None)
    assert edited.events.get(verb="publish").actor == maggie


def test_silence_never_publishes(edited, sami, maggie, work):
    edited.publish_on_approval(by=maggie, at=timezone.now() + timedelta(days=1))
    Submission.objects.update(publish_at=timezone.now() - timedelta(days=1), due_at=timezone.now() - timedelta(days=1))
    clock.tick()
    work()
    edited.refresh_from_db()
    assert edited.status == "proof"
    edited.sign_off(by=sami, digest=digest_of(edited))
    assert edited.article.is_out


def test_what_cannot_be_published_on_approval_is_left_to_the_desk(edited, sami, maggie, edith, work, mailoutbox):
    edited.publish_on_approval(by=maggie)
    edited.conflicts.create(user=maggie)
    makers.User.objects.register("second@example.org", "Max Manager", groups=["managing editor"])
    edited.sign_off(by=sami, digest=digest_of(edited))
    edited.refresh_from_db()
    assert (edited.status, edited.publisher) == ("ready", None)
    held = edited.events.get(verb="hold_back")
    assert "too close" in held.note
    work()
    assert [mail.to for mail in mailoutbox if "was not published" in mail.subject] == [[edith.email]]
    assert Delivery.objects.filter(key__contains=f".{held.pk}.").count() == 1


def test_whoever_steps_aside_publishes_nothing_on_approval(edited, sami, edith, maggie, work, mailoutbox):
    edited.publish_on_approval(by=maggie)
    Conflict.declare(edited, by=maggie, reason="My brother.")
    edited.sign_off(by=sami, digest=digest_of(edited))
    work()
    assert Submission.objects.get().status == "ready"
    assert maggie.email not in [letter.to[0] for letter in mailoutbox]
