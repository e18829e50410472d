"""Whose turn it is where several must act: who has done her part is told who is awaited, never asked again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from articles import clock
from articles.admin.waiting import submissions
from articles.approved import since_read_by
from articles.models import Submission
from articles.models.private import awaiting
from articles.signing import digest_of
from articles.standing import Standing
from articles.story import story
from forum.lib.moves import Refused
from forum.pages.models import SiteSettings
from tests import makers
from tests.articles.test_co_authors import NINA, OLA, a_proof_of_three, agree, classified, piece
from tests.articles.test_links import a_commission, let_in, links, page
from tests.opened import as_now

__all__ = ["links", "piece"]  # fixtures


@pytest.fixture
def proof(piece, links, edith):
    """A proof of Sami's, Nina's and Ola's, which nobody has approved."""
    return a_proof_of_three(piece, links, edith)


def author(address):
    return User.objects.get(email=address)


def again(piece):
    return Submission.objects.get(pk=piece.pk)


def approve(piece, *people):
    for person in people:
        again(piece).sign_off(by=person, digest=digest_of(piece))


def awaited(piece):
    """Return who is awaited, after asking the page, the list and the masthead, which agree."""
    piece = again(piece)
    listed = Submission.objects.with_authors().for_lists().get(pk=piece.pk)
    known = User.objects.filter(pk__in=awaiting.printed_names(piece))
    hers = {person for person in known if Standing(piece, person).is_hers}
    assert hers == {person for person in known if Standing(listed, person).is_hers}
    assert hers == {person for person in known if Submission.objects.awaiting(person).exists()}
    return {person.email.partition("@")[0] for person in hers}


def test_at_every_step_the_piece_waits_for_those_who_have_not_done_their_part(piece, links, sami, edith):
    steps = [awaited(piece)]
    agree(links(NINA)[0], piece)
    steps.append(awaited(piece))
    again(piece).ask_for_changes(by=edith, letter="Say who.", due=timezone.now() + timedelta(days=3))
    steps.append(awaited(piece))
    again(piece).resubmit(by=sami)
    again(piece).accept(by=edith)
    steps.append(awaited(piece))
    agree(links(OLA)[0], piece)
    steps.append(awaited(piece))
    classified(piece).send_proof(by=edith)
    steps.append(awaited(piece))
    for person in (sami, author(OLA), author(NINA)):
        approve(classified(piece), person)
        steps.append(awaited(piece))
    everybody = {"sami", "nina", "ola"}
    assert steps == [
        {"nina", "ola"}, {"ola"}, {"ola", "sami"}, {"ola"}, set(), everybody, {"nina", "ola"}, {"nina"}, set(),
    ]  # fmt: skip


def test_no_co_author_is_offered_what_only_whoever_sent_it_in_can_press(piece, links, sami, edith, maggie):
    agree(links(NINA)[0], piece)
    agree(links(OLA)[0], piece)
    piece.put_back(by=edith)
    said = [next_for(piece, sami, author(NINA))]
    again(piece).take_up(by=edith)
    again(piece).accept(by=edith)
    classified(piece).send_proof(by=edith)
    approve(piece, sami, author(NINA), author(OLA))
    again(piece).publish(by=maggie, at=timezone.now() + timedelta(days=3))
    said.append(next_for(piece, sami, author(NINA)))
    again(piece).withdraw(by=sami)
    said.append(next_for(piece, sami, author(NINA)))
    reads, link = "An editor takes it up and reads it.", "You get a letter with the link when readers can see it."
    assert said == [
        (f"{reads} Until then you can take it back and change it.", reads),
        (f"{link} Until then you can withdraw it.", f"{link} Answer our mail at once if it should not appear."),
        ("It is yours: send it elsewhere, or begin a new draft from it.", "It is yours, with the others who wrote it."),
    ]


def next_for(piece, *people):
    return tuple(Standing(again(piece), person).what_next for person in people)


def test_whoever_was_asked_for_a_piece_is_awaited_until_she_has_declared(edith):
    piece = a_commission(edith)
    nina = piece.corresponding_author
    assert (awaited(piece), Standing(again(piece), nina).who_acts) == ({"nina"}, "You")
    piece.declare(by=nina, byline={}, about={}, declarations=makers.DECLARED)
    assert (awaited(piece), Standing(again(piece), nina).who_acts) == (set(), "The editors")


def test_whoever_has_approved_reads_whom_it_waits_for_and_finds_no_button(proof, sami, links, signed_in):
    browser = signed_in(sami)
    assert "(1: your turn)" in browser.get("/").text
    browser.post(page(proof, "sign_off/"), {"digest": digest_of(proof)})
    said = f"You have approved it. It waits for Nina Novak and Ola Okafor until {proof.due}."
    for at in (page(proof), "/submissions/"):
        text = browser.get(at).text
        assert said in text
        assert "your turn" not in text.lower()
        assert "sign_off/" not in text
    assert browser.get(page(proof, "sign_off/")).url == page(proof)
    nina = let_in(links(NINA)[-1])
    text = nina.get(page(proof)).text
    assert f"It is your turn: read the proof and approve it by {proof.due}." in text
    assert "<dt>Who acts now</dt><dd>You and Ola Okafor</dd>" in text
    assert OLA not in text


def test_a_second_press_thanks_her_once_more_and_leaves_one_approval(proof, sami, signed_in):
    browser, digest = signed_in(sami), digest_of(proof)
    for _ in range(2):
        answer = browser.post(page(proof, "sign_off/"), {"digest": digest}, follow=True)
        assert "Thank you. You approved this exact text." in answer.text
    with pytest.raises(Refused, match="You have approved this exact text already"):
        again(proof).sign_off(by=sami, digest=digest)
    approve(proof, author(NINA), author(OLA))
    assert "Thank you." in browser.post(page(proof, "sign_off/"), {"digest": digest}, follow=True).text
    assert [event.verb for event in proof.events.filter(actor=sami, verb__in=["sign_off", "co_sign"])] == ["co_sign"]
    assert proof.events.filter(verb="sign_off").count() == 1


def test_the_first_authors_approval_does_not_silence_the_reminder_of_the_others(proof, sami, work, mailoutbox):
    assert proof.remind_at
    approve(proof, sami, author(NINA))
    again(proof).record(remind_at=timezone.now())
    work()
    before = len(mailoutbox)
    clock.remind_due()
    work()
    assert [letter.to for letter in mailoutbox[before:]] == [[OLA]]


def test_an_author_who_waits_for_the_first_authors_changes_is_not_told_to_send_them(piece, links, sami, edith):
    agree(links(NINA)[0], piece)
    piece = again(piece)
    piece.ask_for_changes(by=edith, letter="Say who.", due=timezone.now() + timedelta(days=3))
    assert Standing(again(piece), author(NINA)).sentence.startswith("It waits for Sami Student")


def test_the_desk_reads_which_author_is_awaited_since_when_and_until_when(proof, sami, edith, signed_in):
    approve(proof, sami, author(NINA))
    sent = timezone.now() - timedelta(days=3)
    proof.events.filter(verb="send_proof").update(at=sent)
    proof.revisions.filter(verb="send_proof").update(made_at=sent)
    day = f"{timezone.localtime(sent):%-d %B}"
    assert [row.who for row in submissions(edith)[1].rows] == [f"Ola Okafor, since {day}"]
    text = signed_in(edith).get(f"/admin{page(proof)}").text
    assert f"It waits for Ola Okafor, since {day}, due " in " ".join(text.split())
    assert f"has agreed; awaited since {day}, until {proof.due}" in text
    assert text.count("has approved the text as it is now") == 2
    again(proof).record(due_at=timezone.now() - timedelta(hours=1))
    (row,) = submissions(edith)[0].rows
    assert (row.kind, row.who) == ("An author is silent", f"Sami Student · waits for Ola Okafor since {day}")


def test_a_letter_about_a_proof_says_who_is_awaited_and_goes_to_them(piece, links, sami, edith, mailoutbox, work):
    piece = a_proof_of_three(piece, links, edith)
    work()
    letters = {letter.to[0]: letter.body for letter in mailoutbox if "The proof of" in letter.subject}
    assert {*letters} == {sami.email, NINA, OLA}
    assert f"by {piece.due}. Besides you, it waits for Nina Novak and Ola Okafor." in letters[sami.email]
    assert f"by {piece.due}. Besides you, it waits for Sami Student and Nina Novak." in letters[OLA]
    approve(piece, author(NINA))
    work()
    receipt = mailoutbox[-1]
    assert (receipt.to, receipt.subject) == ([NINA], "We have your approval of “What the harbour owes”")
    assert f"You have approved it. It waits for Sami Student and Ola Okafor until {piece.due}." in receipt.body
    again(piece).recall_proof(by=edith)
    again(piece).send_proof(by=edith)
    work()
    proofs = [letter.to[0] for letter in mailoutbox if letter.subject == "The proof of “What the harbour owes”"]
    assert proofs[3:] == [sami.email, OLA]


def test_a_correction_one_author_asks_for_is_told_to_the_others_and_their_approval_holds_for_the_same_text(
    proof, sami, edith, links, work, mailoutbox
):
    nina, ola = author(NINA), author(OLA)
    approve(proof, nina, ola)
    again(proof).request_correction(by=sami, note="One word.")
    work()
    told = {letter.to[0]: letter.body for letter in mailoutbox if letter.subject.startswith("A correction in")}
    assert {*told} == {edith.email, NINA, OLA}
    assert "Your approval holds if no letter of it changes." in told[NINA]
    assert "Your approval holds if no letter of it changes." in let_in(links(NINA)[-1]).get(page(proof)).text
    changed = again(proof)
    changed.write(by=edith, version=changed.version, title="What the harbour owes us")
    changed.send_proof(by=edith)
    assert awaiting.awaited(again(proof)) == {sami.pk, nina.pk, ola.pk}
    approve(again(proof), nina)
    again(proof).request_correction(by=sami, note="Another.")
    again(proof).send_proof(by=edith)
    assert awaiting.awaited(again(proof)) == {sami.pk, ola.pk}


@pytest.mark.parametrize("state", ["proof", "ready"])
def test_a_name_taken_off_ends_every_approval_and_brings_the_piece_back_to_the_editor(
    state, proof, sami, edith, links, work, mailoutbox
):
    approve(proof, sami, author(OLA), *([author(NINA)] if state == "ready" else []))
    nina = let_in(links(NINA)[-1])
    assert "Take my name off" in nina.get(page(proof)).text
    said = {"note": "I have a new post.", **as_now(proof)}
    assert "Your name comes off" in nina.post(page(proof, "take_name_off/"), said).text
    back = again(proof)
    assert (back.status, awaiting.approvers(back), awaiting.awaited(back)) == ("accepted", set(), set())
    assert Standing(back, sami).sentence == f"It is the editors’ turn: you have a new proof by {back.due}."
    assert "Nina Novak took a name off" in str(story(back, sami))
    work()
    subjects = ("“What the harbour owes” has one author", "A co-author of “What the harbour owes” took a")
    told = {mail.to[0]: mail.body for mail in mailoutbox if mail.subject.startswith(subjects)}
    assert {*told} == {edith.email, sami.email, OLA}
    assert "I have a new post." in told[edith.email]
    assert "I have a new post." not in told[sami.email] + told[OLA]
    with pytest.raises(Refused, match="Nina Novak has not agreed"):
        back.send_proof(by=edith)
    kept = [(b.pk, b.name, b.biography, b.email) for b in back.bylines.all() if b.email != NINA]
    back.credit(by=edith, version=back.version, bylines=kept)
    back.send_proof(by=edith)
    assert awaiting.awaited(again(proof)) == {sami.pk, author(OLA).pk}


def test_what_she_accepted_waits_for_the_other_managing_editor_alone(sami, maggie, edith):
    SiteSettings.objects.update_or_create(pk=1, defaults={"publisher_is_not_accepter": True})
    makers.a_ready(sami, maggie)
    assert [row.title for row in submissions(maggie)[0].rows] == ["A promise at night"]
    other = makers.a_person("Max Manager", groups=["managing editor"])
    waiting, others = submissions(maggie)[:2]
    assert (waiting.rows, [row.who for row in others.rows]) == ([], ["A managing editor"])
    assert [row.title for row in submissions(other)[0].rows] == ["A promise at night"]


def test_each_author_sees_what_changed_since_the_proof_she_read_last(proof, sami, edith, links, signed_in):
    nina, first = let_in(links(NINA)[-1]), page(proof, "sign_off/")
    assert "Since the proof of" not in nina.get(first).text
    nina.post(first, {"digest": digest_of(proof)})
    again(proof).request_correction(by=sami, note="The title.")
    second = again(proof)
    second.write(by=edith, version=second.version, title="What the harbour owes us")
    second.send_proof(by=edith)
    again(proof).request_correction(by=sami, note="The text.")
    third = again(proof)
    third.write(by=edith, version=third.version, body=third.body.replace("in daylight", "at noon"))
    third.bylines.filter(email=OLA).update(biography="Writes in Accra.")
    again(proof).send_proof(by=edith)
    for browser, read, title in [
        (nina, ", which you approved", "What the harbour owes <ins>us</ins>"),
        (let_in(links(OLA)[-1]), "", "What the harbour owes us"),
        (signed_in(sami), "", "What the harbour owes us"),
    ]:
        text = browser.get(first).text
        shown = text[text.index("Since the proof of") : text.index("As it would be printed")]
        assert f"{read}</h2>" in shown
        assert title in shown
        assert "<del>in daylight</del> <ins>at noon</ins>" in shown
        assert "<dt>Authors and biographies</dt>" in shown
        assert text.index("As it would be printed") < text.index('name="digest"')
    desk = signed_in(edith).get(f"/admin{page(proof)}").text
    assert "2 words added, 2 removed" in desk[desk.index("Since the proof of") :]


def test_a_new_proof_of_the_same_text_says_that_no_word_was_changed(sami, edith, signed_in):
    piece = makers.a_proof(sami, edith)
    piece.request_correction(by=sami, note="The second name.")
    piece.send_proof(by=edith)
    assert "No word of the text was changed." in signed_in(sami).get(page(piece, "sign_off/")).text


def test_whoever_came_later_is_compared_with_no_proof_she_never_saw(sami, edith, links, piece):
    piece = a_proof_of_three(piece, links, edith)
    piece.recall_proof(by=edith)
    kept = [(b.pk, b.name, b.biography, b.email) for b in piece.bylines.all()]
    piece.credit(by=edith, version=piece.version, bylines=[*kept, (None, "Pia Pole", "", "pia@example.net")])
    pia = agree(links("pia@example.net")[0], piece)
    classified(piece).send_proof(by=edith)
    assert "Since the proof of" not in pia.get(page(piece, "sign_off/")).text
    assert "Pia␣Pole" in str([deviation.html for deviation in since_read_by(again(piece), sami).beside])
