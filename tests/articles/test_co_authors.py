"""People who write together: each agrees, each approves the exact text, and nobody reads another's letters."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from articles import clock
from articles.forms.co_authors import CoAuthorsField
from articles.models import Kind, Submission, Topic
from forum.lib.moves import Refused
from tests import makers
from tests.articles.test_links import BODY_OF_TWO, DECLARED, let_in, links, page

__all__ = ["links"]  # a fixture
NINA, OLA = "nina@example.net", "ola@example.net"


@pytest.fixture
def piece(sami, edith):
    """A piece of Sami's, sent in with Nina and Ola as co-authors and taken up by Edith."""
    draft = makers.a_draft(sami, title="What the harbour owes")
    draft.name_co_authors([("Nina Novak", NINA), ("Ola Okafor", OLA)])
    draft.submit(by=sami)
    draft.take_up(by=edith)
    return draft


def classified(piece):
    piece.classify(kind=Kind.objects.get(slug="essay"), topics=[Topic.objects.first()], regions=[])
    return Submission.objects.get(pk=piece.pk)


def agree(path, piece):
    browser = let_in(path)
    browser.post(page(piece, "consent/"), {"biography": "Writes in Lagos.", "agrees": "on"})
    return browser


def a_proof_of_three(piece, links, edith):
    """Let all three agree, and send them the proof."""
    piece.accept(by=edith)
    for address in (NINA, OLA):
        agree(links(address)[0], piece)
    classified(piece).send_proof(by=edith)
    return Submission.objects.get()


def test_a_piece_of_three_is_ready_when_the_last_of_them_has_approved(piece, links, sami, edith):
    piece.accept(by=edith, letter="We are glad to have xqletterzz.")
    with pytest.raises(Refused, match="Nina Novak, Ola Okafor have not agreed"):
        classified(piece).send_proof(by=edith)
    nina, ola = (agree(links(address)[0], piece) for address in (NINA, OLA))
    assert piece.events.filter(verb="consent").first().detail["consent"].startswith("I agree")
    classified(piece).send_proof(by=edith)
    digest = classified(piece).digest()
    assert links(NINA)[-1].endswith("/sign_off/")
    for browser in (nina, ola):
        browser.post(page(piece, "sign_off/"), {"digest": digest})
        assert Submission.objects.get().status == "proof"
    Submission.objects.get().sign_off(by=sami, digest=digest)
    assert Submission.objects.get().status == "ready"
    assert Submission.objects.get().bylines.get(name="Ola Okafor").author.user.email == OLA


def test_only_who_has_not_approved_is_reminded(piece, links, sami, edith, work, mailoutbox):
    piece.accept(by=edith)
    nina, _ola = (agree(links(address)[0], piece) for address in (NINA, OLA))
    classified(piece).send_proof(by=edith)
    nina.post(page(piece, "sign_off/"), {"digest": Submission.objects.get().digest()})
    Submission.objects.get().record(remind_at=timezone.now())
    work()
    before = len(mailoutbox)
    for _ in range(3):
        clock.remind_due()
    work()
    assert sorted(letter.to[0] for letter in mailoutbox[before:]) == [OLA, sami.email]


def test_no_takes_it_to_the_editor_and_keeps_the_piece_from_print(piece, links, sami, edith, work, mailoutbox):
    piece.accept(by=edith)
    agree(links(OLA)[0], piece)
    nina = let_in(links(NINA)[0])
    answer = nina.post(page(piece, "refuse/"), {"note": "I never met xqsamizz."})
    assert "Your name comes off" in answer.text
    work()
    said = next(letter.body for letter in mailoutbox if "said no" in letter.subject)
    assert "I never met xqsamizz." in said
    assert nina.get(page(piece)).status_code == 302
    assert "xqsamizz" not in str(piece.story_for(sami))
    with pytest.raises(Refused, match="Nina Novak has not agreed"):
        classified(piece).send_proof(by=edith)
    kept = [(b.pk, b.name, b.biography, b.email) for b in piece.bylines.all() if b.email != NINA]
    piece = classified(piece)
    piece.credit(by=edith, version=piece.version, bylines=kept)
    piece.send_proof(by=edith)
    assert [byline.consent for byline in piece.bylines.all()] == ["", "yes"]
    assert len(piece.signers()) == 2


def test_a_co_author_reads_the_piece_and_no_letter_note_or_address(piece, links, sami, edith, signed_in):
    due = piece.due_at
    piece.ask_for_changes(by=edith, letter="Say more about xqletterzz.", due=due)
    browser = agree(links(NINA)[0], piece)
    shown = browser.get(page(piece)).text
    assert "What the harbour owes" in shown
    assert "Ola Okafor was asked" in shown
    for secret in ("xqletterzz", OLA, sami.email, edith.name):
        assert secret not in shown
    for verb in ("write", "upload", "withdraw", "resubmit"):
        assert browser.get(page(piece, f"{verb}/")).status_code in (302, 403)
    with pytest.raises(PermissionDenied):
        Submission.objects.get().withdraw(by=piece.bylines.get(email=NINA).person)
    own = signed_in(sami)
    assert OLA not in own.get(page(piece)).text
    assert OLA not in own.get(page(piece, "write/")).text


def test_somebody_the_editor_adds_is_asked_too_and_linked_to_nobody_before(sami, edith, links):
    piece = makers.an_accepted(sami, edith)
    first = piece.bylines.get()
    said = [(first.pk, first.name, first.biography), (None, "Nina Novak", "", NINA)]
    piece.credit(by=edith, version=piece.version, bylines=said)
    assert [b.consent for b in piece.bylines.all()] == ["", "asked"]
    assert piece.is_conflicted(piece.bylines.last().person)
    moved = [(b.pk, b.name, b.biography, OLA if b.email else "") for b in piece.bylines.all()]
    piece.credit(by=edith, version=Submission.objects.get().version, bylines=moved)
    assert let_in(links(OLA)[0]).get(page(piece)).status_code == 200
    assert let_in_fails(links(NINA)[0])


def let_in_fails(path):
    with pytest.raises(AssertionError):
        let_in(path)
    return True


def test_an_editor_named_as_co_author_has_a_conflict_at_once(sami, edith, eno):
    draft = makers.a_draft(sami)
    draft.name_co_authors([("Eno Editor", eno.email)])
    draft.submit(by=sami)
    assert draft not in Submission.objects.on_desk(eno)
    assert draft in Submission.objects.on_desk(edith)


def test_taking_a_piece_back_keeps_what_co_authors_said(piece, sami, edith):
    piece.put_back(by=edith)
    piece.take_back(by=sami)
    piece.name_co_authors([("Ola B. Okafor", OLA), ("Pia Pole", "pia@example.net")])
    assert [(b.order, b.name, b.consent) for b in piece.bylines.all()][1:] == [
        (2, "Ola B. Okafor", "asked"),
        (3, "Pia Pole", ""),
    ]


def test_co_authors_are_typed_one_on_a_line():
    field = CoAuthorsField()
    assert field.clean("Nina Novak <NINA@example.net>\n\nOla Okafor, ola@example.net") == [
        ("Nina Novak", NINA),
        ("Ola Okafor", OLA),
    ]
    for wrong, says in [
        ("Nina Novak", "write the name and then"),
        (NINA, "the name as it should be printed"),
        (f"Nina {NINA}\nOla {NINA}", "same address"),
    ]:
        with pytest.raises(Exception, match=says):
            field.clean(wrong)


def test_a_roundtable_is_commissioned_from_several_people_at_once(edith, links):
    piece = Submission.commission(
        by=edith, email="first@example.net", name="Fay First", title="Three at a table", body=BODY_OF_TWO,
        co_authors=[("Nina Novak", NINA), ("Ola Okafor", OLA)],
    )  # fmt: skip
    for address in (NINA, OLA):
        agree(links(address)[0], piece)
    first = let_in(links("first@example.net")[0])
    first.post(page(piece, "declare/"), {**DECLARED, "name": "Fay First", "biography": "Chairs."})
    piece = classified(piece)
    piece.send_proof(by=edith)
    for byline in [*piece.bylines.all()][1:]:
        piece.sign_off(by=byline.person, digest=piece.digest())
    piece.sign_off(by=piece.corresponding_author, digest=piece.digest())
    assert piece.status == "ready"


def test_an_editorial_of_the_house_is_approved_by_somebody_else_at_the_desk(edith, maggie):
    said = {"name": maggie.name, "title": "Why we print", "body": BODY_OF_TWO, "house": True}
    with pytest.raises(Refused, match="too close"):
        Submission.commission(by=edith, email=edith.email, **said)
    piece = Submission.commission(by=edith, email=maggie.email, **said)
    piece.declare(by=maggie, byline={}, about={}, declarations=makers.DECLARED)
    piece = classified(piece)
    piece.send_proof(by=edith)
    piece.sign_off(by=maggie, digest=piece.digest())
    article = piece.publish(by=maggie)
    assert piece.events.last().detail == {"nobody_else_eligible": True}
    printed = article.edition.bylines.get()
    assert (printed.name, printed.author.user) == ("The Editors", None)


def test_whoever_said_no_is_never_let_in_again(piece, links, sami, edith):
    nina = let_in(links(NINA)[0])
    nina.post(page(piece, "refuse/"), {"note": "That is somebody else."})
    piece = Submission.objects.get()
    piece.accept(by=edith)
    person = piece.bylines.get(email=NINA).person
    assert nina.get(page(piece)).status_code == 302
    assert nina.get(links(NINA)[0]).status_code == 410
    assert not Submission.objects.visible_to(person).exists()
    assert person.pk not in piece.signers()


def test_her_no_outlasts_her_address_and_goes_only_with_her_name(piece, links, edith):
    let_in(links(NINA)[0]).post(page(piece, "refuse/"), {})
    piece = classified(piece)
    piece.accept(by=edith)
    emptied = [(b.pk, b.name, b.biography, "") for b in piece.bylines.all()]
    piece.credit(by=edith, version=piece.version, bylines=emptied)
    with pytest.raises(Refused, match="Nina Novak"):
        piece.send_proof(by=edith)


def test_whoever_was_only_asked_reads_no_note_of_the_editors(piece, links, edith):
    note = piece.note_for_author(by=edith, text="Who signed xqnotezz?")
    piece.ask_for_changes(by=edith, letter="Please look.", due=piece.due_at)
    ola = let_in(links(OLA)[0])
    assert "xqnotezz" not in ola.get(page(piece)).text
    assert ola.get(page(piece, f"notes/{note.pk}/answer/")).status_code == 404
    assert ola.post(page(piece, f"notes/{note.pk}/finish/"), {"done": "on"}).status_code == 404


def test_an_editor_named_without_her_doing_says_no_and_decides_again(sami, edith, eno):
    draft = makers.a_draft(sami)
    draft.name_co_authors([("Eno Editor", eno.email), ("Edith Editor", edith.email)])
    draft.submit(by=sami)
    assert Submission.objects.without_a_judge().exists()
    draft.refuse(by=eno)
    assert not Submission.objects.without_a_judge().exists()
    Submission.objects.get().take_up(by=eno)


@pytest.mark.parametrize("how", ["withdraw", "revoke"])
def test_an_approval_ends_with_the_piece(how, piece, links, sami, edith, maggie):
    piece = a_proof_of_three(piece, links, edith)
    for author in User.objects.filter(pk__in=piece.signers()):
        piece.sign_off(by=author, digest=piece.digest())
    assert piece.status == "ready"
    if how == "withdraw":
        piece.withdraw(by=sami)
    else:
        piece.revoke(by=maggie, letter="We erred.")
    piece.reconsider(by=maggie)
    piece.accept(by=piece.editor)
    piece.send_proof(by=piece.editor)
    assert piece.unsigned_by() == piece.signers()


def test_whoever_asks_for_a_correction_takes_her_approval_back(piece, links, sami, edith):
    piece = a_proof_of_three(piece, links, edith)
    nina = piece.bylines.get(email=NINA).person
    for author in (sami, nina):
        piece.sign_off(by=author, digest=piece.digest())
    piece.request_correction(by=sami, note="The second paragraph is wrong.")
    piece.send_proof(by=edith)
    assert sami.pk in piece.unsigned_by()
    assert nina.pk not in piece.unsigned_by()
