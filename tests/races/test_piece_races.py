"""A piece when two people press at once: one outcome, one event, and the other is told."""

from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Delivery
from articles import clock
from articles.models import Article, Author, Region, StaleText, Topic
from articles.models.private.awaiting import awaited
from articles.signing import digest_of
from forum.lib.moves import CLOCK
from tests import makers
from tests.races.together import refused, together

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("db")]


def again(thing):
    """Return the same row as another browser loaded it."""
    return type(thing).objects.get(pk=thing.pk)


def test_two_editors_take_up_one_piece(round, sami, edith, eno):
    piece = makers.a_submitted(sami)
    mine, yours = again(piece), again(piece)
    outcomes = together(lambda: mine.take_up(by=edith), lambda: yours.take_up(by=eno))
    assert len(refused(outcomes)) == 1
    assert piece.events.filter(verb="take_up").count() == 1
    winner = again(piece).editor
    assert piece.events.get(verb="take_up").actor == winner


def test_the_editor_accepts_in_two_windows_at_once(round, sami, edith, work):
    piece = makers.in_review(sami, edith)
    one, two = again(piece), again(piece)
    outcomes = together(lambda: one.accept(by=edith), lambda: two.accept(by=edith))
    assert len(refused(outcomes)) == 1
    assert piece.events.filter(verb="accept").count() == 1
    work()
    accepted = piece.events.get(verb="accept")
    assert Delivery.objects.filter(key=f"articles.submissionevent.{accepted.pk}.author").count() == 1


def test_one_accepts_while_another_declines(round, sami, edith):
    piece = makers.in_review(sami, edith)
    one, two = again(piece), again(piece)
    outcomes = together(
        lambda: one.accept(by=edith), lambda: two.decline(by=edith, letter="Not for us, with thanks.")
    )
    assert len(refused(outcomes)) == 1
    assert again(piece).status in ("accepted", "declined")
    assert piece.letters.count() == (again(piece).status == "declined")


def test_one_asks_for_changes_while_another_accepts(round, sami, edith, work):
    piece = makers.in_review(sami, edith)
    due, one, two = timezone.now() + timedelta(days=9), again(piece), again(piece)
    points = [("must", "Say who signed.")]
    outcomes = together(
        lambda: one.ask_for_changes(by=edith, letter="Please look again.", due=due, points=points),
        lambda: two.accept(by=edith, letter="We are glad to have this."),
    )
    assert len(refused(outcomes)) == 1
    (letter,) = piece.letters.all()
    assert (again(piece).status, letter.points.count()) in [("with_author", 1), ("accepted", 0)]
    work()
    decided = piece.events.filter(verb__in=["ask_for_changes", "accept"]).get()
    assert Delivery.objects.filter(key__startswith=f"articles.submissionevent.{decided.pk}.").count() == 1


def test_a_student_submits_twice(round, sami):
    draft = makers.a_draft(sami)
    one, two = again(draft), again(draft)
    outcomes = together(lambda: one.submit(by=sami), lambda: two.submit(by=sami))
    assert len(refused(outcomes)) == 1
    assert draft.revisions.count() == 1


def test_two_amendments_at_once_make_one_edition(round, sami, edith, eno, maggie):
    article = makers.an_article(sami, edith, maggie)
    one, two = again(article), again(article)
    outcomes = together(
        lambda: one.amend(by=edith, change="clarification", note="We say who signed.", title="By day"),
        lambda: two.amend(by=eno, change="clarification", note="We say when.", title="By night"),
    )
    assert len(refused(outcomes)) == 1
    assert [edition.number for edition in article.editions.all()] == [1, 2]
    assert again(article).edition.number == 2


def test_the_author_withdraws_while_the_managing_editor_publishes(round, sami, edith, maggie):
    piece = makers.a_ready(sami, edith)
    one, two = again(piece), again(piece)
    later = timezone.now() + timedelta(days=1)
    outcomes = together(lambda: one.withdraw(by=sami), lambda: two.publish(by=maggie, at=later))
    state = again(piece).status
    assert (state, Article.objects.count()) in [("withdrawn", 0), ("published", 1)]
    assert len(refused(outcomes)) <= 1


def test_three_clocks_announce_one_article_once(round, sami, edith, maggie, work):
    article = makers.an_article(sami, edith, maggie)
    clocks = [again(article) for _ in range(3)]
    together(*[lambda clock=clock: clock.announce(by=CLOCK) for clock in clocks])
    assert article.events.filter(verb="announce").count() == 1


def test_two_savings_of_one_text_keep_both(round, sami):
    draft = makers.a_draft(sami)
    one, two = again(draft), again(draft)

    def save(window, body):
        try:
            window.write(by=sami, version=draft.version, body=body)
        except StaleText as stale:
            return stale
        return None

    outcomes = together(lambda: save(one, "<p>Mine.</p>"), lambda: save(two, "<p>Yours.</p>"))
    stale = [outcome for outcome in outcomes if outcome]
    assert len(stale) == 1
    assert stale[0].current.body == again(draft).body


@pytest.mark.parametrize("state", ["with_author", "proof", "in_review", "late"])
def test_three_clocks_at_once_write_one_letter(round, state, sami, edith, work):
    make = {"proof": makers.a_proof, "in_review": makers.in_review}.get(state, makers.with_author)
    piece, past = make(sami, edith), timezone.now() - timedelta(days=3)
    piece.record(**({"due_at": past} if state in ("in_review", "late") else {"remind_at": past}))
    work()
    posted, events = Delivery.objects.count(), piece.events.count()
    together(*[lambda: (clock.extend_due(), clock.remind_due(), clock.apologise_due())] * 3)
    work()
    assert (Delivery.objects.count() - posted, piece.events.count() - events) == (1, 1)


def a_proof_of_two(sami, rosa, edith):
    """Bring a piece that Sami and Rosa wrote together to its proof."""
    piece = makers.an_accepted(sami, edith)
    rosas = Author.called("Rosa Reader", user=rosa, biography="Reads.")
    piece.bylines.create(order=2, name="Rosa Reader", biography="Reads.", author=rosas)
    piece.send_proof(by=edith)
    return piece


def test_two_authors_approve_at_once_and_both_approvals_count(round, sami, rosa, edith, work):
    piece = a_proof_of_two(sami, rosa, edith)
    digest, one, two = digest_of(piece), again(piece), again(piece)
    outcomes = together(lambda: one.sign_off(by=sami, digest=digest), lambda: two.sign_off(by=rosa, digest=digest))
    assert refused(outcomes) == []
    assert (again(piece).status, piece.sign_offs.count()) == ("ready", 2)
    work()
    approved = piece.events.get(verb="sign_off")
    told = Delivery.objects.filter(key__startswith=f"articles.submissionevent.{approved.pk}.")
    assert sorted(told.values_list("to", flat=True)) == [rosa.email, sami.email]


def test_one_of_two_authors_approves_in_two_windows_and_is_heard_once(round, sami, rosa, edith):
    piece = a_proof_of_two(sami, rosa, edith)
    digest, one, two = digest_of(piece), again(piece), again(piece)
    outcomes = together(lambda: one.sign_off(by=sami, digest=digest), lambda: two.sign_off(by=sami, digest=digest))
    assert [str(outcome)[:38] for outcome in refused(outcomes)] == ["You have approved this exact text alre"]
    assert (awaited(again(piece)), piece.events.filter(verb="co_sign").count()) == ({rosa.pk}, 1)


def test_one_author_approves_in_two_windows_and_is_published_once(round, sami, edith, maggie):
    piece = makers.a_proof(sami, edith)
    piece.publish_on_approval(by=maggie)
    digest, one, two = digest_of(piece), again(piece), again(piece)
    outcomes = together(lambda: one.sign_off(by=sami, digest=digest), lambda: two.sign_off(by=sami, digest=digest))
    assert len(refused(outcomes)) == 1
    assert (again(piece).status, Article.objects.count()) == ("published", 1)
    assert piece.events.filter(verb="publish").count() == 1


def test_the_author_approves_while_the_editor_recalls_the_proof(round, sami, edith):
    piece = makers.a_proof(sami, edith)
    digest, one, two = digest_of(piece), again(piece), again(piece)
    outcomes = together(lambda: one.sign_off(by=sami, digest=digest), lambda: two.recall_proof(by=edith))
    assert len(refused(outcomes)) == 1
    assert (again(piece).status, piece.sign_offs.count()) in [("ready", 1), ("accepted", 0)]


def test_one_puts_a_piece_on_a_topic_while_another_moves_its_date(round, sami, edith, maggie):
    article, day = makers.an_article(sami, edith, maggie), datetime(2020, 2, 29, tzinfo=UTC)
    topic = Topic.objects.exclude(articles=article).first()

    def put():
        with transaction.atomic():
            topic.articles.add(article)
            sleep(0.1)

    together(put, lambda: Article.objects.filter(pk=article.pk).update(published_at=day))
    assert {topic.pk, article.primary_topic_id} <= set(article.shelved.values_list("thing", flat=True))
    assert set(article.shelved.values_list("published_at", flat=True)) == {day}


@pytest.fixture
def northern_europe(db):
    """A region, which is given back to its continent afterwards."""
    region = Region.objects.get(slug="northern-europe")
    yield region
    Region.objects.filter(pk=region.pk).update(parent=region.parent)


@pytest.mark.parametrize("first", ["put", "moved"])
def test_one_puts_a_piece_on_a_region_while_another_moves_it(round, first, northern_europe, sami, edith, maggie):
    article, asia = makers.an_article(sami, edith, maggie), Region.objects.get(slug="asia")
    article.regions.clear()

    def slowly(what, verb):
        sleep(0 if what == first else 0.1)
        with transaction.atomic():
            verb()
            sleep(0.2)

    together(
        lambda: slowly("put", lambda: article.regions.add(northern_europe)),
        lambda: slowly("moved", lambda: Region.objects.filter(pk=northern_europe.pk).update(parent=asia)),
    )
    on = article.shelved.filter(shelf="region").values_list("thing", flat=True)
    assert set(on) == {northern_europe.pk, asia.pk}
