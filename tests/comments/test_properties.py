"""One discussion in which people do whatever they like, in any order; after each step it is as it should be."""

import os
import uuid
from collections import Counter
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404
from hypothesis import HealthCheck, Phase, configuration, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comments import clock
from comments.models import (
    Appeal,
    Comment,
    CommentEvent,
    CommentRevision,
    Discussion,
    Level,
    Report,
    ReportCase,
    Ruling,
    Sanction,
    SanctionEvent,
    Trust,
)
from comments.workflow import COMMENT, RESTRICTIVE, SANCTIONS, TAKEN_AWAY
from forum.lib.moves import CLOCK, SCREEN, Guest, IllegalMove, Refused, may
from tests.comments.making import a_report, a_rule, a_sanction
from tests.makers import a_person

IS_SOAK = int(os.environ.get("RACES", "3")) >= 100
QUICK = settings(
    max_examples=150 if IS_SOAK else 12,
    stateful_step_count=60 if IS_SOAK else 25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # looking for a shorter story takes minutes
)
NO = (IllegalMove, Refused, PermissionDenied, Http404)
ROWS = [Appeal, Comment, CommentEvent, CommentRevision, Discussion, Report, ReportCase, Ruling, Sanction, SanctionEvent]
LINKS = " See https://example.org/1, https://example.org/2 and https://example.org/3."

MEMBERS = st.sampled_from(["trusted", "trusted", "newcomer", "mina", "sami"])
OWN = st.integers(0, 4).map(bool)
STRANGERS = ["sami", "trusted", "guest", "clock", "screen"]
DECIDERS = st.sampled_from(["mina", "edith"] * 5 + STRANGERS)
REPORTERS = st.sampled_from(["ines", "jana", "kemal", "trusted", "mina", "guest", "reader"])
REASONS = st.sampled_from(["attack", "attack", "attack", "threat", "spam"])
PLACES = st.integers(0, 5)
REWRITING = ["edit", "edit", "reword", "reword", "withdraw"]
LINKED = st.booleans()
RULES = ["attack", "privacy", "spam"]
LEAVING = ["approve", "approve_and_trust", "keep", "restore"]


class Talk(RuleBasedStateMachine):
    """What people can do in a discussion; whatever is not allowed is refused and changes nothing."""

    article, people = None, {}

    def __init__(self):
        super().__init__()
        self.inside, self.given, self.said = transaction.atomic(), {}, 0
        self.inside.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    @initialize()
    def begin(self):
        """Five comments: one is reported, one waits, one was removed and its writer objects, two quote."""
        for writer in ("trusted", "newcomer", "trusted"):
            self.post(writer, None, quotes=False, links=False)
        for newest_or_oldest in (0, 1):
            self.post("trusted", newest_or_oldest, quotes=True, links=False)
        reported, _, removed, _, _ = Comment.objects.order_by("pk")
        a_report(reported, by=self.people["ines"], prefix="net 0")
        self.move(removed, "remove", self.people["mina"], rule=a_rule(), reason="Read the rule.")
        Appeal.submit(again(removed).ruling, by=removed.author, words="It is about the argument.")

    def some(self, found, place):
        """Return one of these rows; young ones as often as old ones."""
        rows = found.order_by("pk" if place % 2 else "-pk")
        return rows[place // 2 % len(rows)]

    def likely(self, verb, place):
        """Return a comment in a state from which this verb leads on, where there is one; sometimes any."""
        found = Comment.objects.filter(status__in=COMMENT[verb].sources)
        found = found.filter(cases__status="open") if verb == "keep" else found
        return self.some(found if place and found else Comment.objects, place)

    def attempt(self, act):
        """Let somebody act; return whether she could. Where she could not, nothing has changed."""
        before = everything()
        try:
            act()
        except NO:
            assert everything() == before
            return False
        return True

    def move(self, comment, verb, by, *args, **words):
        """Make one move of a comment, exactly where the table allows it."""
        before, after = Comment.objects.get(pk=comment.pk), Comment.objects.get(pk=comment.pk)
        allowed = may(by, verb, before)
        press = getattr(after, "edit" if verb == "edit_to_wait" else verb)
        assert self.attempt(lambda: press(*args, by=by, **words)) == allowed
        if allowed:
            target = before.status if COMMENT[verb].stays else COMMENT[verb].target
            assert Comment.objects.get(pk=comment.pk).status == target

    def words(self, links=False):
        self.said += 1
        return f"Word{self.said} of what somebody said." + LINKS * links

    @rule(by=MEMBERS, answers=st.none() | PLACES, quotes=st.booleans(), links=LINKED)
    def post(self, by, answers, quotes, links):
        answered = None if answers is None else self.some(Comment.objects, answers)
        may = answered is None or answered.is_shown
        said = {"text": self.words(links), "key": uuid.uuid4(), "answers": answered, "quote": quotes and (0, 6)}
        person = again(self.people[by])
        may &= not person.sanctions.silencing().exists()
        assert self.attempt(lambda: Discussion.of(self.article).post(by=person, **said)) == may

    @rule(place=PLACES, by=DECIDERS, verb=st.sampled_from([*LEAVING, *TAKEN_AWAY]), slug=st.sampled_from(RULES))
    def decide(self, place, by, verb, slug):
        words = {"rule": a_rule(slug), "reason": "Read the rule."} if verb in TAKEN_AWAY else {}
        self.move(self.likely(verb, place), verb, self.people[by], **words)

    @rule(place=PLACES, is_own=OWN, by=MEMBERS, verb=st.sampled_from(REWRITING), links=LINKED)
    def say_otherwise(self, place, is_own, by, verb, links):
        comment, text = self.likely(verb, place), self.words(links)
        person = comment.author if is_own else self.people[by]
        if verb == "edit" and not comment.is_held and comment.reason_to_hold(text, person):
            verb = "edit_to_wait"
        self.move(comment, verb, person, *([] if verb == "withdraw" else [text]))

    @rule(place=PLACES, by=REPORTERS, reason=REASONS, network=st.integers(1, 4))
    def report(self, place, by, reason, network):
        comment = self.some(Comment.objects, place)
        self.attempt(lambda: a_report(comment, by=self.people[by], reason=reason, prefix=f"net {network}"))

    @rule(place=PLACES, reason=REASONS, networks=st.integers(2, 3))
    def report_together(self, place, reason, networks):
        """Three members have the same complaint; only from three networks do they weigh enough."""
        comment = self.some(Comment.objects, place)
        for number, by in enumerate(["ines", "jana", "kemal"]):
            prefix = f"net {number % networks}"
            self.attempt(lambda by=by, prefix=prefix: a_report(comment, self.people[by], reason, prefix=prefix))

    @precondition(lambda self: Report.objects.exists())
    @rule(place=PLACES)
    def confirm(self, place):
        self.some(Report.objects, place).confirm()

    @rule(is_noticed=st.booleans())
    def let_time_pass(self, is_noticed):
        """Two days pass, whether or not the clock runs then."""
        days = timedelta(hours=49)
        Comment.objects.filter(hidden_until__isnull=False).update(hidden_until=F("hidden_until") - days)
        Sanction.objects.update(until=F("until") - days * 4)
        if is_noticed:
            clock.due()

    @rule(place=PLACES, by=DECIDERS, level=st.sampled_from([*Level.values, "", ""]))
    def sanction_or_lift(self, place, by, level):
        if Sanction.objects.over().exists():
            clock.due()
        by, sanctions = self.people[by], Sanction.objects.all()
        if level:
            self.attempt(lambda: a_sanction(self.some(Comment.objects, place), by, level))
        elif sanctions:
            self.attempt(lambda: self.some(sanctions, place).lift(by=by, reason="It was long ago."))

    @precondition(lambda self: Ruling.objects.exists())
    @rule(place=PLACES, by=REPORTERS)
    def object(self, place, by):
        ruling = self.some(Ruling.objects, place)
        self.attempt(lambda: Appeal.submit(ruling, by=ruling.comment.author, words="It is about the argument."))
        by, report = self.people[by], Report.objects.filter(case=ruling.case_id, reporter=None).first()
        receipt = {"report": report} if isinstance(by, Guest) else {}
        if report or not receipt:
            self.attempt(lambda: Appeal.submit(ruling, by=by, words="Please read it again.", **receipt))

    @precondition(lambda self: Appeal.objects.exists())
    @rule(place=PLACES, by=DECIDERS, is_right=st.booleans())
    def answer_an_objection(self, place, by, is_right):
        appeal = self.some(Appeal.objects.waiting() if place and Appeal.objects.waiting() else Appeal.objects, place)
        verb, words = ("reverse", {"rule": a_rule()}) if is_right else ("let_stand", {})
        words["reason"], allowed = "We read it again.", may(self.people[by], verb, again(appeal))
        assert self.attempt(lambda: getattr(appeal, verb)(by=self.people[by], **words)) == allowed

    @invariant()
    def the_count_is_that_of_the_rows(self):
        discussion = Discussion.objects.get(article=self.article)
        assert discussion.published_count == discussion.comments.counted().count()

    @invariant()
    def numbers_have_no_gaps_and_stay(self):
        numbers = dict(Comment.objects.exclude(number=None).values_list("pk", "number"))
        following = Discussion.objects.get(article=self.article).next_number
        assert sorted(numbers.values()) == list(range(1, following))
        assert numbers == numbers | self.given
        self.given = numbers

    @invariant()
    def every_restriction_has_one_ruling_with_its_rule_and_statement(self):
        rulings = Ruling.objects.filter(verb__in=RESTRICTIVE)
        assert not rulings.filter(rule=None).exists()
        assert not rulings.filter(statement="").exists()
        moved = CommentEvent.objects.filter(verb__in=TAKEN_AWAY).values_list("comment", "verb")
        given = SanctionEvent.objects.filter(verb__in=SANCTIONS).values_list("sanction__comment", "verb")
        assert Counter(rulings.values_list("comment", "verb")) == Counter([*moved, *given])

    @invariant()
    def one_report_at_most_waits_and_only_where_there_is_something_to_decide(self):
        waiting = ReportCase.objects.filter(status="open").select_related("comment")
        assert max(Counter(case.comment_id for case in waiting).values(), default=0) <= 1
        assert {case.comment.status for case in waiting} <= {"published", "hidden"}

    @invariant()
    def no_machine_hides_the_same_words_twice_or_what_was_kept(self):
        for revision in CommentRevision.objects.filter(rulings__automatic=True).distinct():
            verbs = [(ruling.verb, ruling.automatic) for ruling in revision.rulings.order_by("pk")]
            assert verbs.count(("hide", True)) == 1
            assert not {"keep", "restore"} & {verb for verb, _ in verbs[: verbs.index(("hide", True))]}

    @invariant()
    def nobody_reads_what_is_not_shown_in_a_quotation(self):
        shown = set(Comment.objects.shown().values_list("pk", flat=True))
        for comment in Comment.objects.for_thread():
            assert comment.is_shown == (comment.pk in shown)
            source, words = comment.answers, comment.quoted
            is_there = words is not None and source.pk in shown and source.current_id == words.pk
            assert comment.quotation == (words.text[:6] if is_there else "")


def again(row):
    """Return somebody or something as the next page would load it."""
    return type(row).objects.get(pk=row.pk)


def everything():
    """Return all rows of the discussion."""
    return [list(model.objects.order_by("pk").values_list()) for model in ROWS]


def test_whatever_people_do_the_discussion_holds(article, rosa, sami, mina, edith, tmp_path):
    configuration.set_hypothesis_home_dir(tmp_path)
    Trust.give(rosa, by=mina)
    people = {"trusted": rosa, "newcomer": a_person(), "sami": sami, "mina": mina, "edith": edith}
    people |= {name.lower(): a_person(name) for name in ("Ines", "Jana", "Kemal")}
    people |= {"reader": Guest(), "guest": Guest("guest@example.org"), "clock": CLOCK, "screen": SCREEN}
    bound = type("BoundTalk", (Talk,), {"article": article, "people": people})
    run_state_machine_as_test(bound, settings=QUICK)
