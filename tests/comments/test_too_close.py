"""Who is too close to an objection, or to a comment: the rule in plain words, against every list and guard."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.models import Author, Edition, PrintedByline, Submission
from comments.guards import decided_it, is_too_close, somebody_may_decide
from comments.models import Appeal, Comment, CommentRevision, Ruling
from forum.lib.ties import people_too_close
from tests.comments.making import an_appeal

QUICK = settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
DESK = ["edith", "eno", "maggie", "mina"]
PEOPLE = [*DESK, "rosa", "sami"]
ONE = st.sampled_from([*PEOPLE, "rosa", "sami"])
SOME = st.sets(st.sampled_from(PEOPLE), max_size=3)


@dataclass
class Story:
    """Who had what to do with an objection, by name."""

    sent_in: str
    printed: set
    printed_once: set
    wrote: str
    decided: str
    objects: str
    decided_before: set
    decided_later: set
    decided_other_words: set

    def writers(self):
        """Return who wrote the comment or the piece: not who was taken off it."""
        return {self.wrote, self.sent_in, *self.printed}

    def parties(self):
        """Return them, who objects, and who had decided about these words by then."""
        return self.writers() | {self.objects, self.decided} | self.decided_before


STORIES = st.builds(
    Story,
    sent_in=ONE,
    printed=SOME,
    printed_once=SOME,
    wrote=ONE,
    decided=ONE,
    objects=ONE,
    decided_before=SOME,
    decided_later=SOME,
    decided_other_words=SOME,
)


@contextmanager
def told(story, appeal, people, pages):
    """Let exactly this be so; yields the objection."""
    ruling, comment = appeal.ruling, appeal.ruling.comment
    article, at = comment.discussion.article, appeal.submitted_at
    with transaction.atomic():
        Submission.objects.filter(pk=article.submission_id).update(corresponding_author=people[story.sent_in])
        new = Edition.objects.create(article=article, number=2, made_by=people["eno"], **article.edition.text())
        PrintedByline.objects.all().delete()
        for edition, names in ((article.edition, story.printed_once), (new, story.printed)):
            for order, name in enumerate(sorted(names), 1):
                PrintedByline.objects.create(edition=edition, order=order, name=name, author=pages[name])
        type(article).objects.filter(pk=article.pk).update(edition=new)
        Comment.objects.filter(pk=comment.pk).update(author=people[story.wrote])
        Ruling.objects.filter(pk=ruling.pk).update(by=people[story.decided])
        Appeal.objects.filter(pk=appeal.pk).update(objector=people[story.objects])
        other = CommentRevision.objects.create(comment=comment, number=2, text="Other words.")
        same, day = ruling.revision, timedelta(days=1)
        for revision, when, names in (
            (same, at - day, story.decided_before),
            (same, at + day, story.decided_later),
            (other, at - day, story.decided_other_words),
        ):
            for name in names:
                Ruling.objects.create(comment=comment, revision=revision, verb="keep", by=people[name], at=when)
        yield Appeal.objects.get(pk=appeal.pk)
        transaction.set_rollback(True)


def test_every_list_and_every_guard_agree_with_the_rule_in_words(cast, article):
    appeal = an_appeal(article, cast["rosa"], cast["mina"])
    pages = {name: Author.called(cast[name].name, user=cast[name]) for name in PEOPLE}

    def names(people):
        keys = {getattr(person, "pk", person) for person in people}
        return {name for name in PEOPLE if cast[name].pk in keys}

    @QUICK
    @given(STORIES)
    def compare(story):
        with told(story, appeal, cast, pages) as found:
            check(found, story, {*DESK} - story.parties())

    def check(found, story, free):
        comment = found.ruling.comment
        assert names(people_too_close(comment)) == story.writers()
        assert {name for name in PEOPLE if is_too_close(cast[name], comment)} == story.writers()
        assert names(people_too_close(found)) == story.parties()
        assert {name for name in PEOPLE if decided_it(cast[name], found)} == story.parties()
        assert names(found.deciders()) == free
        assert bool(somebody_may_decide(cast["mina"], found)) == bool(free)
        assert Appeal.objects.without_a_decider().exists() == (not free)
        reading = {name for name in DESK if name not in story.writers()}
        assert {name for name in PEOPLE if Comment.objects.on_desk(cast[name]).exists()} == reading
        assert {name for name in PEOPLE if Appeal.objects.on_desk(cast[name]).exists()} == reading
        assert {name for name in PEOPLE if Appeal.objects.waiting_for(cast[name]).exists()} == free
        assert {name for name in PEOPLE if Appeal.objects.waiting_for_others(cast[name]).exists()} == reading - free

    compare()
