"""People who write together: each agrees, each approves the exact text, and nobody reads another's letters."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from accounts.models import User
from articles import clock
from articles.forms.co_authors import CoAuthorsField
from articles.models import Author, AuthorNote, Kind, Submission, Topic
from articles.models.private.awaiting import goes_by
from articles.signing import digest_of, signers, unsigned_by
from articles.story import story
from forum.lib.moves import CLOCK, Refused
from forum.lib.ties import is_conflicted
from tests import makers
from tests.articles.test_links import BODY_OF_TWO, DECLARED, let_in, links, page
from tests.opened import as_now

__all__ = ["links"]  # a fixture
NINA, OLA = "nina@example.net", "ola@example.net"


@pytest.fixture
def piece(sami, edith):
    """A piece of Sami's, sent in with Nina and Ola as co-authors and taken up by Edith."""
    draft = makers.a_draft(sami, title="What the harbour owes")
    draft.bylines.name_others([("Nina Novak", NINA), ("Ola Okafor", OLA)])
    draft.submit(by=sami)
    draft.take_up(by=edith)
    return draft


def classified(piece):
    piece.classify(kind=Kind.objects.get(slug="essay"), topics=[Topic.objects.first()], regions=[])
    return Submission.objects.get(pk=piece.pk)


def agree(path, piece):
    browser = let_in(path)
    asks = browser.get(page(piece, "consent/")).context["form"]
    said = {"name": asks.initial["name"], "biography": "Writes in Lagos.", "agrees": "on"}
    browser.post(page(piece, "consent/"), said)
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
    digest = digest_of(classified(piece))
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
    nina.post(page(piece, "sign_off/"), {"digest": digest_of(Submission.objects.get())})
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
    answer = nina.post(page(piece, "refuse/"), {"note": "I never met xqsamizz.", **as_now(piece)})
    assert "Your name comes off" in answer.text
    work()
    said = next(letter.body for letter in mailoutbox if "said no" in letter.subject)
    assert "I never met xqsamizz." in said
    assert nina.get(page(piece)).status_code == 302
    assert "xqsamizz" not in str(story(piece, sami))
    with pytest.raises(Refused, match="Nina Novak has not agreed"):
        classified(piece).send_proof(by=edith)
    kept = [(b.pk, b.name, b.biography, b.email) for b in piece.bylines.all() if b.email != NINA]
    piece = classified(piece)
    piece.credit(by=edith, version=piece.version, bylines=kept)
    piece.send_proof(by=edith)
    assert [byline.consent for byline in piece.bylines.all()] == ["", "yes"]
    assert len(signers(piece)) == 2


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


def test_what_stays_with_the_editors_is_shown_to_who_declared_it_and_to_no_co_author(
    piece, links, sami, edith, signed_in
):
    piece.declarations.filter(key="coursework").update(words="Sea law with Dr Xqcoursezz.")
    a_proof_of_three(piece, links, edith)
    nina = let_in(next(path for path in links(NINA) if path.endswith("/sign_off/")))
    assert "Xqcoursezz" in signed_in(sami).get(page(piece, "sign_off/")).text
    shown = nina.get(page(piece, "sign_off/")).text
    assert "Xqcoursezz" not in shown
    assert "Use of AI" in shown
    assert "<dt>Topics</dt>" in shown


def test_somebody_the_editor_adds_is_asked_too_and_linked_to_nobody_before(sami, edith, links):
    piece = makers.an_accepted(sami, edith)
    first = piece.bylines.get()
    said = [(first.pk, first.name, first.biography), (None, "Nina Novak", "", NINA)]
    piece.credit(by=edith, version=piece.version, bylines=said)
    assert [b.consent for b in piece.bylines.all()] == ["", "asked"]
    assert is_conflicted(piece.bylines.last().person, piece)
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
    draft.bylines.name_others([("Eno Editor", eno.email)])
    draft.submit(by=sami)
    assert draft not in Submission.objects.on_desk(eno)
    assert draft in Submission.objects.on_desk(edith)


def test_taking_a_piece_back_keeps_what_co_authors_said(piece, sami, edith):
    piece.put_back(by=edith)
    piece.take_back(by=sami)
    piece.bylines.name_others([("Ola B. Okafor", OLA), ("Pia Pole", "pia@example.net")])
    assert [(b.order, b.name, b.consent) for b in piece.bylines.all()][1:] == [
        (2, "Ola B. Okafor", "asked"),
        (3, "Pia Pole", ""),
    ]


def test_an_address_longer_than_any_is_given_back_with_its_line():
    line = f"Nina Novak {'a' * 60}@{'b' * 60}.{'c.' * 80}example.org"
    with pytest.raises(ValidationError, match="write the name and then the e-mail address"):
        CoAuthorsField().clean(line)


@pytest.mark.django_db
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
        piece.sign_off(by=byline.person, digest=digest_of(piece))
    piece.sign_off(by=piece.corresponding_author, digest=digest_of(piece))
    assert piece.status == "ready"


def test_an_editorial_of_the_house_is_approved_by_somebody_else_at_the_desk(edith, maggie):
    said = {"name": maggie.name, "title": "Why we print", "body": BODY_OF_TWO, "house": True}
    with pytest.raises(Refused, match="too close"):
        Submission.commission(by=edith, email=edith.email, **said)
    piece = Submission.commission(by=edith, email=maggie.email, **said)
    piece.declare(by=maggie, byline={}, about={}, declarations=makers.DECLARED)
    piece = classified(piece)
    piece.send_proof(by=edith)
    piece.sign_off(by=maggie, digest=digest_of(piece))
    article = piece.publish(by=maggie)
    assert piece.events.last().detail == {"nobody_else_eligible": True}
    printed = article.edition.bylines.get()
    assert (printed.name, printed.author.user) == ("The Editors", None)


def test_whoever_said_no_is_never_let_in_again(piece, links, sami, edith):
    nina = let_in(links(NINA)[0])
    nina.post(page(piece, "refuse/"), {"note": "That is somebody else.", **as_now(piece)})
    piece = Submission.objects.get()
    piece.accept(by=edith)
    person = piece.bylines.get(email=NINA).person
    assert nina.get(page(piece)).status_code == 302
    assert nina.get(links(NINA)[0]).status_code == 410
    assert not Submission.objects.visible_to(person).exists()
    assert person.pk not in signers(piece)


def test_her_no_outlasts_her_address_and_goes_only_with_her_name(piece, links, edith):
    let_in(links(NINA)[0]).post(page(piece, "refuse/"), as_now(piece))
    piece = classified(piece)
    piece.accept(by=edith)
    emptied = [(b.pk, b.name, b.biography, "") for b in piece.bylines.all()]
    piece.credit(by=edith, version=piece.version, bylines=emptied)
    with pytest.raises(Refused, match="Nina Novak"):
        piece.send_proof(by=edith)


def test_whoever_was_only_asked_reads_no_note_of_the_editors(piece, links, edith):
    note = AuthorNote.write(piece, by=edith, text="Who signed xqnotezz?")
    piece.ask_for_changes(by=edith, letter="Please look.", due=piece.due_at)
    ola = let_in(links(OLA)[0])
    assert "xqnotezz" not in ola.get(page(piece)).text
    assert ola.get(page(piece, f"notes/{note.pk}/answer/")).status_code == 404
    assert ola.post(page(piece, f"notes/{note.pk}/finish/"), {"done": "on"}).status_code == 404


def test_an_editor_named_without_her_doing_says_no_and_decides_again(sami, edith, eno):
    draft = makers.a_draft(sami)
    draft.bylines.name_others([("Eno Editor", eno.email), ("Edith Editor", edith.email)])
    draft.submit(by=sami)
    assert Submission.objects.without_a_judge().exists()
    draft.refuse(by=eno)
    assert not Submission.objects.without_a_judge().exists()
    Submission.objects.get().take_up(by=eno)


@pytest.mark.parametrize("how", ["withdraw", "revoke"])
def test_an_approval_ends_with_the_piece(how, piece, links, sami, edith, maggie):
    piece = a_proof_of_three(piece, links, edith)
    for author in User.objects.filter(pk__in=signers(piece)):
        piece.sign_off(by=author, digest=digest_of(piece))
    assert piece.status == "ready"
    if how == "withdraw":
        piece.withdraw(by=sami)
    else:
        piece.revoke(by=maggie, letter="We erred.")
    piece.reconsider(by=maggie)
    piece.accept(by=piece.editor)
    piece.send_proof(by=piece.editor)
    assert unsigned_by(piece) == signers(piece)


def test_whoever_asks_for_a_correction_takes_her_approval_back(piece, links, sami, edith):
    piece = a_proof_of_three(piece, links, edith)
    nina = piece.bylines.get(email=NINA).person
    for author in (sami, nina):
        piece.sign_off(by=author, digest=digest_of(piece))
    piece.request_correction(by=sami, note="The second paragraph is wrong.")
    piece.send_proof(by=edith)
    assert sami.pk in unsigned_by(piece)
    assert nina.pk not in unsigned_by(piece)


def asked(mailoutbox, work, *addresses):
    work()
    return [letter for letter in mailoutbox if "one of the authors" in letter.subject and letter.to[0] in addresses]


def test_an_invitation_says_who_named_her_and_makes_no_subject_of_the_title(sami, work, mailoutbox):
    draft = makers.a_draft(sami, title="Win at casino.example, " * 8)
    draft.bylines.name_others([("Nina at casino.example", NINA)])
    assert asked(mailoutbox, work, NINA) == []
    draft.submit(by=sami)
    (letter,) = asked(mailoutbox, work, NINA)
    assert letter.subject == "Are you one of the authors? A question from International Affairs Forum"
    assert f"Sami Student ({sami.email}) has sent us a piece" in letter.body
    assert "Dear Nina at casino. example," in letter.body
    assert "> Win at casino. example, Win at casino. example, Win at" in letter.body


@pytest.mark.parametrize("answer", ["none", "consent", "refuse"])
def test_whoever_is_taken_off_and_named_again_gets_no_second_letter(answer, sami, work, mailoutbox):
    piece = makers.a_draft(sami)
    for turn in range(3):
        piece.bylines.name_others([("Nina Novak", NINA)])
        piece.submit(by=sami)
        nina = piece.bylines.get(email=NINA).person
        if turn == 0 and answer != "none":
            getattr(piece, answer)(by=nina, **({"biography": ""} if answer == "consent" else {}))
        piece.take_back(by=sami)
        piece.bylines.name_others([])
    assert len(asked(mailoutbox, work, NINA)) == 1
    piece.bylines.name_others([("Nina Novak", NINA)])
    piece.submit(by=sami)
    assert piece.bylines.get(email=NINA).consent == {"none": "asked", "consent": "yes", "refuse": "no"}[answer]


def sent_in(browser, draft, typed):
    said = {"version": draft.version, "title": draft.title, "body": draft.body, "name": "Sami Student", **DECLARED}
    return browser.post(page(draft, "submit/"), {**said, "co_authors": typed})


def test_all_that_is_wrong_with_a_piece_is_said_in_one_go(sami, signed_in):
    draft = makers.a_draft(sami)
    said = {**DECLARED, "version": draft.version, "body": draft.body, "biography": "", "ai": ""}
    shown = signed_in(sami).post(page(draft, "submit/"), {**said, "co_authors": "Nina at home"})
    assert set(shown.context["form"].errors) == {"title", "biography", "ai", "co_authors"}
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_nobody_is_mailed_more_invitations_a_day_than_one_mailbox_may_have(
    sami, rosa, signed_in, work, mailoutbox, settings
):
    settings.THROTTLES = {**settings.THROTTLES, "letter_here": (3, 24 * 60 * 60)}
    for person in (sami, rosa):
        for _ in range(2):
            answer = sent_in(signed_in(person), makers.a_draft(person), f"Nina Novak {NINA}")
    assert answer.status_code == 429
    assert "We mail no more of them today." in answer.text
    assert len(asked(mailoutbox, work, NINA)) == 3
    draft = Submission.objects.get(status="draft")
    assert draft.bylines.get(email=NINA).name == "Nina Novak"
    assert sent_in(signed_in(rosa), draft, "").status_code == 302


def test_nobody_sends_more_than_ten_invitations_a_day(sami, signed_in, work, mailoutbox):
    allowance = [f"person{n}@example.net" for n in range(12)]
    for one, other in zip(allowance[::2], allowance[1::2], strict=True):
        with zeal_ignore():  # each is asked by herself
            sent_in(signed_in(sami), makers.a_draft(sami), f"Some Body {one}\nAnother Body {other}")
    assert len(asked(mailoutbox, work, *allowance)) == 10


TELLING = {  # what becomes of a piece that two have agreed to, and the subject of the letter to the second of them
    "accept": ("in_review", "“What the harbour owes” is accepted"),
    "decline": ("in_review", "The decision on “What the harbour owes”"),
    "withdraw": ("in_review", "“What the harbour owes” is withdrawn"),
    "reconsider": ("declined", "“What the harbour owes” is being read again"),
    "lapse": ("with_author", "“What the harbour owes” is set aside"),
    "revoke": ("accepted", "“What the harbour owes” is not published after all"),
    "recall_proof": ("proof", "The proof of “What the harbour owes” was taken back"),
    "unlock": ("ready", "“What the harbour owes” is being edited again"),
    "publish": ("ready", "“What the harbour owes” has its day"),
    "reschedule": ("scheduled", "A new day for “What the harbour owes”"),
    "unschedule": ("scheduled", "“What the harbour owes” is put off"),
    "announce": ("printed", "“What the harbour owes” is published"),
    "amend": ("printed", "“What the harbour owes” was changed"),
    "retract": ("printed", "“What the harbour owes” is retracted"),
    "remove": ("printed", "“What the harbour owes” is removed"),
    "restore": ("removed", "“What the harbour owes” is back"),
}


def brought_to(state, sami, edith, maggie):
    """Return a piece of Sami's and Nina's in this state; Ola, who was asked too, has not answered until the proof."""
    piece = makers.a_draft(sami, title="What the harbour owes")
    piece.bylines.name_others([("Nina Novak", NINA), ("Ola Okafor", OLA)])
    piece.submit(by=sami)
    nina, ola = (byline.person for byline in piece.bylines.exclude(person=None))
    piece.consent(by=nina, biography="")
    piece.take_up(by=edith)
    later = timezone.now() + timedelta(days=3)
    steps = {
        "with_author": lambda: piece.ask_for_changes(by=edith, letter="When?", due=later - timedelta(days=90)),
        "declined": lambda: piece.decline(by=edith, letter="No."),
        "accepted": lambda: piece.accept(by=edith),
        "proof": lambda: (piece.consent(by=ola, biography=""), classified(piece), piece.send_proof(by=edith)),
        "ready": lambda: [piece.sign_off(by=who, digest=digest_of(piece)) for who in (nina, ola, sami)],
        "scheduled": lambda: piece.publish(by=maggie, at=later),
        "printed": lambda: piece.publish(by=maggie),
        "removed": lambda: piece.article.remove(by=maggie, notice="Gone."),
    }
    way = ["accepted", "proof", "ready", "printed", "removed"] if state not in ("declined", "with_author") else [state]
    way = [*way[:3], "scheduled"] if state == "scheduled" else way
    for step in way[: way.index(state) + 1] if state != "in_review" else []:
        steps[step]()
    return piece


@pytest.mark.parametrize("verb", TELLING)
def test_whoever_agreed_hears_what_becomes_of_the_piece(verb, sami, edith, maggie, work, mailoutbox):
    state, subject = TELLING[verb]
    piece = brought_to(state, sami, edith, maggie)
    work()
    before, later = len(mailoutbox), timezone.now() + timedelta(days=9)
    said = {
        "accept": {"letter": "Glad of xqletterzz."},
        "decline": {"letter": "No, because of xqletterzz."},
        "revoke": {"by": maggie, "letter": "We erred about xqletterzz."},
        "withdraw": {"by": sami, "note": "xqletterzz"},
        "reconsider": {"by": maggie},
        "lapse": {"by": CLOCK},
        "publish": {"by": maggie, "at": later},
        "reschedule": {"by": maggie, "at": later},
        "unschedule": {"by": maggie},
        "announce": {"by": CLOCK},
        "amend": {"change": "correction", "note": "It was May.", "body": "<p>It was May.</p>"},
        "retract": {"by": maggie, "notice": "The figures cannot be checked."},
        "remove": {"by": maggie, "notice": "Removed."},
        "restore": {"by": maggie},
    }.get(verb, {})
    getattr(piece.article if state in ("printed", "removed") else piece, verb)(**{"by": edith, **said})
    work()
    told = [letter for letter in mailoutbox[before:] if letter.to[0] in (NINA, OLA)]
    has_agreed = [NINA] if state in ("in_review", "declined", "with_author", "accepted") else [NINA, OLA]
    assert [(letter.to[0], letter.subject) for letter in told] == [(address, subject) for address in has_agreed]
    assert "xqletterzz" not in told[0].body
    if verb not in ("remove", "restore", "amend", "retract"):
        (path,) = re.findall(r"https?://[^/]+(/submissions/\S+/link/\S+/)", told[0].body)
        assert let_in(path).get(page(piece)).status_code == 200


def test_a_co_author_corrects_her_name_until_somebody_has_approved(piece, links, sami, edith, work, mailoutbox):
    piece.accept(by=edith)
    nina, ola = let_in(links(NINA)[0]), agree(links(OLA)[0], piece)
    refused = nina.post(page(piece, "consent/"), {"name": "", "biography": "Teaches xqlinezz.", "agrees": "on"})
    assert "Write your name as it should be printed." in refused.text
    assert "Teaches xqlinezz." in refused.text
    nina.post(page(piece, "consent/"), {"name": "Nina Maria Novak", "biography": "Teaches in Split.", "agrees": "on"})
    assert piece.bylines.get(email=NINA).author.name == "Nina Maria Novak"
    assert not Author.objects.filter(name="Nina Novak").exists()
    classified(piece).send_proof(by=edith)
    opened = digest_of(Submission.objects.get())
    assert "Change your name or lines" in nina.get(page(piece)).text
    nina.post(page(piece, "change_byline/"), {"name": "N. M. Novak", "biography": "Teaches in Zadar."})
    work()
    assert "> N. M. Novak\n> Teaches in Zadar." in mailoutbox[-1].body
    assert (mailoutbox[-1].to, piece.bylines.get(email=NINA).biography) == ([edith.email], "Teaches in Zadar.")
    with pytest.raises(Refused, match="has changed since you read it"):
        Submission.objects.get().sign_off(by=sami, digest=opened)
    ola.post(page(piece, "sign_off/"), {"digest": digest_of(Submission.objects.get())})
    late = nina.post(page(piece, "change_byline/"), {"name": "Nina", "biography": "Late xqlinezz."})
    assert (late.status_code, "Late xqlinezz." in late.text) == (409, True)
    assert piece.bylines.get(email=NINA).name == "N. M. Novak"


def test_whoever_corrected_her_name_is_called_by_it(piece, links, sami, edith, work, mailoutbox):
    nina = let_in(links(NINA)[0])
    assert "For Nina Novak, by a personal link" in nina.get(page(piece)).text
    nina.post(page(piece, "consent/"), {"name": "Nína Nováková", "biography": "Teaches.", "agrees": "on"})
    assert "For Nína Nováková, by a personal link" in nina.get(page(piece)).text
    piece.accept(by=edith)
    assert "This link is for <strong>Nína Nováková</strong>" in Client().get(links(NINA)[-1]).text
    letters = {letter.to[0]: letter.body for letter in mailoutbox}
    assert letters[NINA].startswith("Dear Nína Nováková,")
    assert letters[OLA].startswith("Dear Ola Okafor,")
    nina_of_old = User.objects.get(email=NINA)
    assert nina_of_old.name == "Nina Novak"  # what she is printed as here may be a pen name elsewhere
    nina_of_old.arrive()
    assert goes_by(Submission.objects.get(), nina_of_old) == "Nina Novak"


def test_whoever_is_not_meant_is_told_where_to_say_so_and_finds_it_there(piece, links):
    (path,) = links(NINA)
    assert "If you are not Nina Novak, say so there." in Client().get(path).text
    asks = let_in(path).get(page(piece, "consent/")).text
    assert f'href="{page(piece, "refuse/")}">No, or this is not me</a>' in asks
    piece.send_link(by=piece.editor, to=piece.bylines.get(email=NINA).person)
    assert "If you are not Nina Novak, close this page and tell the editors" in Client().get(links(NINA)[-1]).text


def test_what_she_agrees_to_stands_above_it_and_an_unticked_box_is_said_in_a_sentence(piece, links):
    nina = let_in(links(NINA)[0])
    refused = nina.post(page(piece, "consent/"), {"name": "Nina Novak", "biography": "Teaches."})
    said = "I agree that this piece is printed and read under the name and with the lines above. Tick this to agree."
    assert said in refused.text
    assert refused.text.index('name="biography"') < refused.text.index('name="agrees"')


def test_nobody_changes_how_another_author_is_printed(piece, links, sami, edith):
    nina = agree(links(NINA)[0], piece)
    nina.post(page(piece, "change_byline/"), {"name": "Everybody", "biography": ""})
    assert [byline.name for byline in piece.bylines.all()] == ["Sami Student", "Everybody", "Ola Okafor"]
    for who in (sami, edith, piece.bylines.get(email=OLA).person):
        with pytest.raises(PermissionDenied):
            Submission.objects.get().change_byline(by=who, name="Nina", biography="")


def test_no_invitation_names_nobody(edith, work, mailoutbox):
    nameless = makers.a_person("")
    draft = makers.a_draft(nameless, name=edith.name)
    draft.bylines.name_others([("Nina Novak", NINA)])
    draft.submit(by=nameless)
    (letter,) = asked(mailoutbox, work, NINA)
    assert nameless.name == ""
    assert f"Somebody ({nameless.email}) has sent us a piece" in letter.body


def test_the_desk_reads_who_it_was_though_the_account_may_bear_no_name(sami, edith, maggie, links, signed_in):
    draft = makers.a_draft(sami)
    draft.bylines.name_others([(maggie.name, NINA)])
    draft.submit(by=sami)
    draft.take_up(by=edith)
    agree(links(NINA)[0], draft)
    history = signed_in(edith).get(f"/admin{page(draft)}").text.partition('id="timeline"')[2]
    assert f"</span> {NINA} agreed to be printed" in " ".join(history.split())
