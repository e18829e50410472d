"""A piece on its way in: texts, approvals, conflicts and dates."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from articles.admin.front import WAITING, Front
from articles.clock import announce_due, discard_forgotten, lapse_due
from articles.models import Article, Author, Byline, Conflict, StaleText, Submission
from articles.models.private import drafting
from articles.models.public.taxonomy import perspective_sentence
from articles.signing import digest_of, is_signed
from articles.standing import Standing
from forum.lib.moves import CLOCK, Guest, IllegalMove, Refused, last_event
from tests import makers


def test_a_guests_draft_becomes_hers_once_she_has_proven_her_address(rosa, sami):
    draft = Submission.begin(by=Guest(), title="A promise at night", body=makers.BODY)
    assert not Submission.objects.visible_to(rosa).exists()
    drafting.claim(draft, by=rosa)
    assert Submission.objects.visible_to(rosa).get() == draft
    with pytest.raises(PermissionDenied):
        drafting.claim(draft, by=sami)


def test_nothing_beyond_a_draft_is_without_its_author(db):
    draft = Submission.begin(by=Guest(), title="A promise at night", body=makers.BODY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=draft.pk).update(status="submitted")


def test_an_incomplete_draft_says_everything_that_is_missing(sami):
    draft = Submission.begin(by=sami, name="", title="")
    draft.bylines.update(name="")
    with pytest.raises(Refused) as refused:
        draft.submit(by=sami)
    said = str(refused.value)
    for words in ["a title", "the text", "your name", "two lines", "yours and new", "conflicts", "AI"]:
        assert words in said


def test_a_piece_may_not_be_longer_than_the_cap(sami):
    draft = makers.a_draft(sami, body="<p>" + "word " * 10_001 + "</p>")
    with pytest.raises(Refused, match="at most 10,000 words"):
        draft.submit(by=sami)


def test_who_saves_second_gets_both_texts(sami):
    draft = makers.a_draft(sami)
    other = Submission.objects.get(pk=draft.pk)
    draft.write(by=sami, version=draft.version, body="<p>First.</p>")
    with pytest.raises(StaleText) as stale:
        other.write(by=sami, version=other.version, body="<p>Second.</p>")
    assert stale.value.current.body == "<p>First.</p>"
    assert other.body == "<p>Second.</p>"


def test_the_author_writes_on_her_turn_only(sami, rosa, edith):
    piece = makers.in_review(sami, edith)
    for person in (sami, rosa, edith):
        with pytest.raises(PermissionDenied):
            piece.write(by=person, version=piece.version, title="Mine now")


def test_every_hand_over_keeps_a_revision(sami, edith):
    piece = makers.with_author(sami, edith)
    piece.write(by=sami, version=piece.version, body="<p>Signed by two ministers in March.</p>")
    piece.resubmit(by=sami)
    first, second = piece.revisions.all()
    assert (first.number, first.verb, second.number, second.verb) == (1, "submit", 2, "resubmit")
    assert first.body != second.body
    assert second.body == "<p>Signed by two ministers in March.</p>"


def test_an_approval_holds_for_one_exact_text(sami, edith):
    piece = makers.a_proof(sami, edith)
    seen = digest_of(piece)
    piece.bylines.update(biography="Studies law in Mostar.")
    with pytest.raises(Refused, match="has changed since you read it"):
        piece.sign_off(by=sami, digest=seen)
    assert piece.status == "proof"


@pytest.mark.parametrize(
    "change",
    [
        {"title": "A promise by day"},
        {"standfirst": "Another one."},
        {"body": "<p>Another text.</p>"},
        {"perspective": "left"},
    ],
)
def test_nothing_but_the_approved_text_is_published(change, sami, edith, maggie):
    piece = makers.a_ready(sami, edith)
    Submission.objects.filter(pk=piece.pk).update(**change)
    with pytest.raises(Refused, match="differs from the one its author approved"):
        Submission.objects.get(pk=piece.pk).publish(by=maggie)
    assert not Article.objects.exists()


def test_unlocking_voids_the_approval(sami, edith):
    piece = makers.a_ready(sami, edith)
    piece.unlock(by=edith)
    assert not is_signed(piece)


def test_a_co_author_with_an_account_must_approve_too(sami, rosa, edith, maggie):
    piece = makers.an_accepted(sami, edith)
    Byline.objects.create(
        submission=piece, order=2, name="Rosa", author=Author.called(rosa.name, user=rosa), biography="Reads."
    )
    piece.send_proof(by=edith)
    piece.sign_off(by=sami, digest=digest_of(piece))
    assert piece.status == "proof"
    piece.sign_off(by=rosa, digest=digest_of(piece))
    assert piece.status == "ready"
    assert piece.publish(by=maggie).written_by(rosa)


def test_an_editor_never_sees_her_own_piece_on_the_desk(edith, eno, maggie):
    piece = makers.a_submitted(edith)
    assert piece not in Submission.objects.on_desk(edith)
    assert Front(edith).rows(WAITING) == []
    assert [line.pk for line in Front(eno).rows(WAITING)] == [piece.pk]
    with pytest.raises(Refused, match="too close"):
        piece.take_up(by=edith)


def test_a_declared_conflict_hides_a_piece_from_the_desk(sami, edith, eno):
    piece = makers.a_submitted(sami)
    Conflict.objects.create(submission=piece, user=edith, reason="We are cousins.")
    assert not Submission.objects.on_desk(edith).exists()
    assert not Submission.objects.visible_to(edith).exists()
    with pytest.raises(Refused):
        piece.take_up(by=edith)
    piece.take_up(by=eno)


def test_whoever_is_answered_by_a_piece_does_not_decide_on_it(sami, rosa, edith, eno, maggie):
    article = makers.an_article(edith, eno, maggie)
    answer = makers.a_draft(sami, title="An answer")
    answer.record(responds_to=article)
    answer.submit(by=sami)
    assert answer not in Submission.objects.on_desk(edith)
    with pytest.raises(Refused):
        answer.decline(by=edith, letter="No.")


def test_the_administrator_sees_no_manuscript(sami, ada):
    makers.a_submitted(sami)
    assert not Submission.objects.visible_to(ada).exists()


def test_a_managing_editor_publishes_her_own_piece_only_when_nobody_else_can(maggie, edith):
    piece = makers.a_ready(maggie, edith)
    second = makers.a_person("Mo", groups=["managing editor"])
    with pytest.raises(Refused, match="another managing editor"):
        piece.publish(by=maggie)
    second.deactivate()
    assert piece in Submission.objects.on_desk(maggie)
    piece.publish(by=maggie)
    assert piece.events.get(verb="publish").detail == {"nobody_else_eligible": True}


def test_a_scheduled_piece_is_nowhere_until_its_time(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    assert not Article.objects.listed().exists()
    assert not Article.objects.readable().exists()
    assert "It appears on" in Standing(piece, sami).sentence
    Article.objects.update(published_at=timezone.now() - timedelta(seconds=1))
    assert Article.objects.listed().get() == piece.article


def test_calling_a_publication_off_leaves_no_article(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    piece.unschedule(by=maggie)
    assert not Article.objects.exists()
    assert piece.status == "ready"
    assert piece.publish(by=maggie).is_out


def test_what_readers_have_seen_is_not_taken_back(sami, edith, maggie, article):
    piece = article.submission
    later = timezone.now() + timedelta(days=1)
    for press in (
        lambda: piece.withdraw(by=sami),
        lambda: piece.unschedule(by=maggie),
        lambda: piece.reschedule(by=maggie, at=later),
    ):
        with pytest.raises(Refused, match="Readers can see"):
            press()


def test_moving_the_date_into_another_year_moves_the_address(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    next_year = timezone.now() + timedelta(days=400)
    piece.reschedule(by=maggie, at=next_year)
    with pytest.raises(Refused, match="already"):
        piece.reschedule(by=maggie, at=next_year)
    assert piece.article.year == timezone.localtime(next_year).year
    assert piece.article.published_at == next_year


def test_two_pieces_of_one_title_have_two_addresses(sami, edith, maggie):
    first = makers.an_article(sami, edith, maggie)
    second = makers.an_article(sami, edith, maggie)
    assert first.get_absolute_url() != second.get_absolute_url()


def test_an_author_extends_once(sami, edith):
    piece = makers.with_author(sami, edith)
    day = timezone.localdate(piece.due_at)
    piece.extend(by=sami)
    assert timezone.localdate(piece.due_at) == day + timedelta(days=14)
    with pytest.raises(Refused, match="moved once already"):
        piece.extend(by=sami)


def test_a_piece_lapses_after_its_time_even_when_the_clock_stood_still_for_days(sami, edith):
    piece = makers.with_author(sami, edith)
    lapse_due()
    assert Submission.objects.get(pk=piece.pk).status == "with_author"
    piece.record(lapses_at=timezone.now() - timedelta(days=9))
    lapse_due()
    lapse_due()
    assert Submission.objects.get(pk=piece.pk).status == "withdrawn"
    assert piece.events.filter(verb="lapse").count() == 1


def test_an_article_is_announced_once_when_its_day_has_come(sami, edith, maggie):
    article = makers.a_scheduled(sami, edith, maggie).article
    announce_due()
    assert not article.events.filter(verb="announce").exists()
    Article.objects.update(published_at=timezone.now() - timedelta(days=3))
    announce_due()
    announce_due()
    assert article.events.filter(verb="announce").count() == 1


def test_the_late_presser_is_told_who_was_first(sami, edith, eno):
    piece = makers.a_submitted(sami)
    late = Submission.objects.get(pk=piece.pk)
    piece.take_up(by=edith)
    with pytest.raises(IllegalMove) as illegal:
        late.take_up(by=eno)
    assert last_event(illegal.value.thing).actor == edith
    assert late.status == "in_review"


def test_a_typing_error_never_touches_what_readers_must_be_told_of(article, eno):
    body = (
        "<p>In 1999 the minister Anna Berg said “never again” and left teh room, as ‘planned’ in Österreich.</p>"
        '<p>Iran is good at <a href="https://example.org/">this</a>, says ‘Why don’t stay’ with five others.</p>'
        '<figure data-picture="aaaaaaaaaaaaaaaaaaaa"><figcaption>A map.</figcaption></figure>'
    )
    article.amend(by=eno, change="update", note="A new text.", body=body)
    for wrong in (
        body.replace("1999", "1998"),
        body.replace("Anna Berg", "Anna Burg"),
        body.replace("never again", "ever again"),
        body.replace("planned", "plotted"),
        body.replace("Österreich", "Ödland"),
        body.replace("Iran", "Iraq"),
        body.replace("is good", "is not good"),
        body.replace("is good", "is bad"),
        body.replace("don’t stay", "don’t pray"),
        body.replace("five", "nine"),
        body.replace("a" * 20, "b" * 20),
        body.replace("left", "left, as he was paid to,"),
        body.replace("example.org", "example.com"),
        body.replace("teh room", "the room very quietly and by the little back door"),
        body + "<p>and so on and on and on for a while.</p>",
    ):
        with pytest.raises(Refused, match="tell readers"):
            article.amend(by=eno, change="typo", body=wrong)
    article.amend(by=eno, change="typo", body=body.replace("teh", "the"))
    assert [edition.change for edition in article.editions.all()] == ["first", "update", "typo"]


def test_a_correction_tells_readers_what_changed(article, eno):
    with pytest.raises(Refused, match="what changed"):
        article.amend(by=eno, change="correction", title="A promise at noon")
    article.amend(by=eno, change="correction", note="It was noon.", title="A promise at noon")
    assert article.title == "A promise at noon"
    assert [edition.note for edition in article.public_changes] == ["It was noon."]


def test_an_author_does_not_correct_her_own_piece(edith, eno, maggie):
    article = makers.an_article(edith, eno, maggie)
    with pytest.raises(Refused, match="You wrote this piece"):
        article.amend(by=edith, change="correction", note="Better.", title="Better")


def test_biographies_stay_as_they_were_printed(article):
    author = article.printed_bylines[0].author
    author.biography = "Famous now."
    author.save(update_fields=["biography"])
    assert article.printed_bylines[0].biography == "Studies law in Sarajevo."


def test_nobody_deactivated_edits(sami, edith):
    piece = makers.a_submitted(sami)
    edith.deactivate()
    with pytest.raises(PermissionDenied):
        piece.take_up(by=User.objects.get(pk=edith.pk))


def test_a_machine_has_no_verb_of_a_person(sami):
    draft = makers.a_draft(sami)
    with pytest.raises(PermissionDenied):
        draft.submit(by=CLOCK)


def test_a_draft_without_an_address_goes_with_the_session_that_held_it(db, settings):
    draft = Submission.begin(by=Guest(), title="A promise at night", body=makers.BODY)
    discard_forgotten()
    assert Submission.objects.filter(pk=draft.pk).exists()
    draft.record(written_at=timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE + 1))
    discard_forgotten()
    assert not Submission.objects.filter(pk=draft.pk).exists()


def test_nobody_elses_draft_is_thrown_away_by_the_clock(sami):
    draft = makers.a_draft(sami)
    draft.record(written_at=timezone.now() - timedelta(days=900))
    discard_forgotten()
    with pytest.raises(PermissionDenied):
        drafting.discard(draft, by=CLOCK)


def test_where_no_managing_editor_is_free_each_may_publish(sami, edith, maggie):
    other = makers.a_person("Otto Other")
    other.groups.set(maggie.groups.all())
    piece = makers.a_ready(sami, edith)
    for chief in (maggie, other):
        Conflict.declare(piece, by=chief)
    assert piece in Submission.objects.on_desk(maggie)
    piece.publish(by=maggie)
    assert piece.events.last().detail == {"nobody_else_eligible": True}


def test_a_piece_is_taken_up_again_by_whoever_is_still_an_editor(sami, edith, maggie):
    piece = makers.in_review(sami, edith)
    piece.decline(by=edith, letter="Not for us.")
    edith.groups.clear()
    piece = Submission.objects.get(pk=piece.pk)
    piece.reconsider(by=maggie)
    assert piece.editor == maggie


def test_how_the_author_stands_to_the_region_is_said_with_the_perspective(sami):
    piece = makers.a_draft(sami)
    piece.record(perspective="left", perspective_country="Chile", connection="from")
    assert perspective_sentence(piece) == (
        "The author describes this piece as left (Chile). Connection to the region: is from there."
    )
