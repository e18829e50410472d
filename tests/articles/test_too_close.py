"""Who is too close to a piece: the rule in plain words, against every list and guard that asks it."""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import User
from articles.eligible import eligible_editors, eligible_publishers
from articles.guards import has_conflict, has_eligible_editor, has_no_other_publisher
from articles.models import (
    Author,
    Byline,
    Conflict,
    Edition,
    Message,
    PrintedByline,
    SafetyRequest,
    Submission,
)
from forum.lib.moves import Refused, may
from forum.lib.ties import asks_once, is_conflicted, people_too_close
from tests import makers

QUICK = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
EDITORS = {"edith", "eno", "maggie", "mo"}
MANAGING = {"maggie", "mo"}
OFFICERS = {"eno"}
PEOPLE = [*sorted(EDITORS), "rosa"]
SOME = st.sets(st.sampled_from(PEOPLE), max_size=2)
MANY = st.sets(st.sampled_from(PEOPLE)) | st.sampled_from([MANAGING, EDITORS])


@dataclass
class Written:
    """Who has what to do with one piece, by name."""

    sent_in: str
    named: set
    asked: set
    agreed: set
    said_no: set
    stepped_aside: set
    answers: bool
    status: str
    handled_by: str
    guest: str | None

    def keeps_away(self, other):
        """Return who sent it in, is named on it and did not say no, has stepped aside, or wrote what it answers."""
        wrote = {self.sent_in, *self.named, *self.asked, *self.agreed}
        return wrote | self.stepped_aside | (other.writers() if self.answers else set())

    def is_left_to(self, name, close):
        """Say whether a managing editor sees to it all the same: nobody else could, or a guest accepted it."""
        if name not in MANAGING:
            return False
        could_print = MANAGING - {name} - close
        is_clerk = self.guest not in (None, name) and self.handled_by == name
        accepted = self.status in ("accepted", "proof", "ready", "published")
        return (self.status in ("ready", "published") and not could_print) or (is_clerk and accepted)


@dataclass
class Printed:
    """Who has what to do with a piece in print."""

    sent_in: str
    printed: set
    printed_once: set

    def writers(self):
        """Return who sent it in, or is printed on it now: not who was taken off it."""
        return {self.sent_in, *self.printed}


WRITTEN = st.builds(
    Written,
    sent_in=st.sampled_from([*PEOPLE, "rosa", "rosa", "rosa"]),
    named=SOME,
    asked=SOME,
    agreed=SOME,
    said_no=SOME,
    stepped_aside=MANY,
    answers=st.booleans(),
    status=st.sampled_from(["submitted", "submitted", "in_review", "accepted", "ready", "ready", "published"]),
    handled_by=st.sampled_from(sorted(EDITORS)),
    guest=st.sampled_from([None, None, "rosa", "maggie"]),
)
PRINTED = st.builds(Printed, sent_in=st.sampled_from(PEOPLE), printed=SOME, printed_once=SOME)


class World:
    """A desk, two pieces that were sent in and one in print, as rows."""

    def __init__(self, cast):
        mo = makers.a_person("Mo Manager", groups=["managing editor"])
        cast["eno"].is_named_officer = True
        cast["eno"].save()
        self.people = {**cast, "mo": mo}
        self.pages = {name: Author.called(person.name, user=person) for name, person in self.people.items()}
        self.article = makers.an_article(cast["sami"], cast["edith"], cast["maggie"])
        self.pieces = [makers.a_submitted(cast["sami"]) for _ in range(2)]
        words = {"kind": "name", "name": "Noor Aziz", "text": "I am followed."}
        for piece in self.pieces:
            SafetyRequest.ask(by=cast["sami"], submission=piece, **words)

    @contextmanager
    def told(self, printed, *written):
        """Let exactly this be so; yields each piece with what is said of it."""
        with transaction.atomic():
            self._print(printed)
            for piece, said in zip(self.pieces, written, strict=True):
                self._write(piece, said)
            fresh = [Submission.objects.get(pk=piece.pk) for piece in self.pieces]
            yield list(zip(fresh, written, strict=True))
            transaction.set_rollback(True)

    def _print(self, said):
        Submission.objects.filter(pk=self.article.submission_id).update(corresponding_author=self.people[said.sent_in])
        old = self.article.edition
        new = Edition.objects.create(article=self.article, number=2, made_by=self.people["eno"], **old.text())
        PrintedByline.objects.all().delete()
        for edition, names in ((old, said.printed_once), (new, said.printed)):
            for order, name in enumerate(sorted(names), 1):
                PrintedByline.objects.create(edition=edition, order=order, name=name, author=self.pages[name])
        type(self.article).objects.filter(pk=self.article.pk).update(edition=new)

    def _write(self, piece, said):
        Submission.objects.filter(pk=piece.pk).update(
            corresponding_author=self.people[said.sent_in],
            responds_to=self.article if said.answers else None,
            status=said.status,
            editor=self.people[said.handled_by],
            guest=said.guest and self.people[said.guest],
        )
        piece.bylines.all().delete()
        rows = [{"author": self.pages[name]} for name in sorted(said.named)]
        rows += [{"person": self.people[name], "consent": "asked"} for name in sorted(said.asked)]
        rows += [{"person": self.people[name], "consent": "yes"} for name in sorted(said.agreed)]
        no = [{"person": self.people[name], "author": self.pages[name]} for name in sorted(said.said_no)]
        rows += [{**row, "consent": "no"} for row in no]
        for order, row in enumerate(rows, 1):
            Byline.objects.create(submission=piece, order=order, name="As printed", **row)
        for name in said.stepped_aside:
            Conflict.objects.create(submission=piece, user=self.people[name])

    def names(self, people):
        """Return which of the people of this world these are."""
        keys = {getattr(person, "pk", person) for person in people}
        return {name for name in PEOPLE if self.people[name].pk in keys}


@pytest.fixture
def world(cast):
    return World(cast)


def test_a_verb_asks_again_who_is_too_close_whatever_the_page_had_been_told(sami, edith, eno):
    page = makers.a_submitted(sami)
    assert may(edith, "take_up", page)
    Conflict.declare(Submission.objects.get(pk=page.pk), by=edith)
    with pytest.raises(Refused, match="too close"):
        page.take_up(by=edith)


def test_who_becomes_too_close_by_what_she_saves_is_refused(sami, edith, eno, maggie):
    own, piece = makers.an_article(edith, eno, maggie), makers.an_accepted(sami, edith)
    about = {"kind": piece.kind, "topics": [], "regions": [], "answers": []}
    with pytest.raises(Refused, match="You wrote the piece"):
        piece.place(by=edith, version=piece.version, responds_to=own, **about)
    piece.refresh_from_db()
    with pytest.raises(Refused, match="You named yourself"):
        piece.credit(by=edith, version=piece.version, bylines=[(None, "Edith", "Edits.", edith.email)])


def test_every_list_and_every_guard_agree_with_the_rule_in_words(world):
    people = world.people

    @QUICK
    @given(PRINTED, WRITTEN, WRITTEN)
    def compare(printed, first, second):
        with world.told(printed, first, second) as pieces:
            Message.send(by=people["rosa"], kind="correction", text="Who?", article=world.article)
            for piece, said in pieces:
                check(piece, said, said.keeps_away(printed))
            for name in PEOPLE:
                check_lists(name, {piece.pk: (said, said.keeps_away(printed)) for piece, said in pieces})
                assert Message.objects.on_desk(people[name]).exists() == (name != printed.sent_in)

    def check(piece, said, close):
        assert {name for name in PEOPLE if is_conflicted(people[name], piece)} == close & {*PEOPLE}
        assert world.names(people_too_close(piece)) == close
        assert {name for name in PEOPLE if has_conflict(people[name], piece)} == close
        assert world.names(eligible_editors(piece)) == EDITORS - close
        assert world.names(eligible_publishers(piece)) == MANAGING - close
        assert bool(has_eligible_editor(people["ada"], piece)) == bool(EDITORS - close)
        blocked = {name for name in close if MANAGING - {name} - close}
        assert {name for name in PEOPLE if has_no_other_publisher(people[name], piece)} == blocked
        no_judge = said.status == "submitted" and not EDITORS - close
        assert Submission.objects.without_a_judge().filter(pk=piece.pk).exists() == no_judge
        answering = OFFICERS - close or MANAGING - close
        request = piece.safety_requests.get()
        assert world.names(request.officers) == answering
        for name in PEOPLE:
            found = SafetyRequest.objects.for_officer(people[name]).filter(pk=request.pk)
            assert found.exists() == (name in answering)

    def check_lists(name, pieces):
        keys, person = {*pieces}, User.objects.get(pk=people[name].pk)
        close = {pk for pk, (_, close) in pieces.items() if name in close}
        assert {piece.pk for piece in Submission.objects.close_to(person)} & keys == close
        seen = {pk for pk in keys - close if name in EDITORS}
        seen |= {pk for pk in close if pieces[pk][0].is_left_to(name, pieces[pk][1])}
        assert {piece.pk for piece in Submission.objects.on_desk(person)} & keys == seen

    compare()


def test_what_a_page_remembers_is_forgotten_with_it_and_known_of_its_reader_alone(rf, sami, edith, eno):
    piece = makers.a_submitted(sami)

    @asks_once
    def page(request):
        before = is_conflicted(request.user, piece)
        Conflict.declare(piece, by=User.objects.get(pk=request.user.pk))
        Conflict.declare(piece, by=User.objects.get(pk=eno.pk))
        close = Submission.objects.close_to(request.user).exists()
        return before, is_conflicted(request.user, piece), close, is_conflicted(eno, piece)

    def opened(method):
        request = getattr(rf, method)("/admin/")
        request.user = User.objects.get(pk=edith.pk)
        return page(request)

    assert opened("get") == (False, False, True, True)
    assert opened("get") == (True, True, True, True)


def test_who_presses_is_asked_anew_whatever_else_was_asked_before(rf, sami, edith, eno):
    piece = makers.a_submitted(sami)

    @asks_once
    def press(request):
        before = is_conflicted(request.user, piece)
        Conflict.declare(piece, by=request.user)
        return before, is_conflicted(request.user, piece)

    request = rf.post("/admin/")
    request.user = User.objects.get(pk=edith.pk)
    assert press(request) == (False, True)
