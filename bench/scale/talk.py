"""What members say below the pieces, with reports, decisions and objections, written straight into the tables."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random

from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import User
from comments.models import (
    Appeal,
    Comment,
    CommentEvent,
    CommentRevision,
    Discussion,
    Report,
    ReportCase,
    Rule,
    Ruling,
    Trust,
)
from forum.lib.text.prose import paragraphs

SAID = [
    "Treaties outlive the people who sign them.",
    "The harbour was never the point of the second clause.",
    "Who counts the grain that nobody ships?",
    "I have worked at that border, and the customs officers would laugh.",
    "The vote was closer than the piece says.",
]
FATES = [("published", 94), ("removed", 3), ("spam", 1), ("withdrawn", 1), ("kept", 1)]
DECIDED = {"removed": "remove", "spam": "mark_spam", "kept": "keep"}


@dataclass
class Talk:
    """Who writes and who decides, and what is drawn by chance."""

    moderator: User
    members: list
    chance: Random

    @classmethod
    def open(cls):
        """Register a moderator."""
        return cls(User.objects.register("moderator@example.org", "Mina", groups=["moderator"]), [], Random(9))

    def meet(self, number):
        """Register this many more members, whose comments need not wait."""
        new = range(len(self.members), len(self.members) + number)
        people = [User.objects.register(f"member{place}@example.org", f"Member {place}") for place in new]
        Trust.objects.bulk_create([Trust(user=person, by=self.moderator) for person in people])
        self.members += people

    def add(self, discussions, each):
        """Write so many comments in each of these discussions; some were reported, some removed."""
        rows = [self._comment(discussion, place) for discussion in discussions for place in range(1, each + 1)]
        self._keep(rows)
        self._object(self._decide([row for row in rows if row.drawn in DECIDED])[::3], "stands")
        _count(discussions)

    def wait(self, discussions, *, held, reported, objected):
        """Let so many comments wait to be read, be reported, and be objected about."""
        turns = [discussions[place % len(discussions)] for place in range(held + reported + objected)]
        numbers = {discussion.pk: count(discussion.next_number) for discussion in discussions}
        rows = [
            self._comment(discussion, None if place < held else next(numbers[discussion.pk]), "published")
            for place, discussion in enumerate(turns)
        ]
        for row in rows[:held]:
            row.status, row.published_at = "pending", None
        self._keep(rows)
        self._report(rows[held : held + reported], "open")
        gone = rows[held + reported :]
        for row in gone:
            row.status = row.drawn = "removed"
        Comment.objects.bulk_update(gone, ["status"])
        self._object(self._decide(gone), "submitted")
        _count(discussions)

    def _comment(self, discussion, number, fate=""):
        fate = fate or self.chance.choices(*zip(*FATES, strict=True))[0]
        at = discussion.article.published_at + timedelta(minutes=self.chance.randint(1, 60 * 24 * 14))
        who = self.chance.choice(self.members)
        comment = Comment(
            discussion=discussion, author=who, written_as=who.name, key=uuid.UUID(int=self.chance.getrandbits(128)),
            number=number, published_at=at, written_at=at, moved_at=at,
            status="published" if fate == "kept" else fate,
        )  # fmt: skip
        comment.drawn, comment.said = fate, " ".join(self.chance.sample(SAID, k=2))
        return comment

    @staticmethod
    def _keep(rows):
        Comment.objects.bulk_create(rows, batch_size=1000)
        said = CommentRevision.objects.bulk_create([
            CommentRevision(
                comment=row, text=row.said, html=paragraphs(row.said), at=row.written_at,
                held_for="newcomer" if row.number is None else "",
            )
            for row in rows
        ], batch_size=1000)  # fmt: skip
        for row, words in zip(rows, said, strict=True):
            row.current = words
        Comment.objects.bulk_update(rows, ["current"], batch_size=300)
        CommentEvent.objects.bulk_create([
            CommentEvent(
                comment=row, verb="post" if row.number else "hold", target="published" if row.number else "pending",
                actor_kind="user", actor=row.author, at=row.written_at,
            )
            for row in rows
        ], batch_size=1000)  # fmt: skip

    def _report(self, rows, status=""):
        cases = ReportCase.objects.bulk_create([
            ReportCase(
                comment=row, revision=row.current, reason="attack", opened_at=row.written_at, moved_at=row.written_at,
                status=status or ("kept" if row.drawn == "kept" else "removed"),
            )
            for row in rows
        ])  # fmt: skip
        Report.objects.bulk_create([
            Report(
                case=case, revision=row.current, reason="attack", person=f"user:{row.author_id}", reporter=row.author,
                confirmed_at=row.written_at, at=row.written_at, receipt=f"{self.chance.getrandbits(200):050x}",
            )
            for row, case in zip(rows, cases, strict=True)
        ])  # fmt: skip
        return cases

    def _decide(self, rows):
        """Write the decisions about what was reported, and return them."""
        rule, later = Rule.objects.about("attack"), timedelta(hours=5)
        before = timezone.now() - timedelta(days=2)  # her queue shows what she decided today, of which no copy is made
        rulings = Ruling.objects.bulk_create([
            Ruling(
                comment=row, revision=row.current, case=case, verb=DECIDED[row.drawn], rule=rule,
                by=self.moderator, quote=row.said, statement="It was removed.", at=min(row.written_at + later, before),
            )
            for row, case in zip(rows, self._report(rows), strict=True)
        ])  # fmt: skip
        for row, ruling in zip(rows, rulings, strict=True):
            row.ruling = ruling
        Comment.objects.bulk_update(rows, ["ruling"], batch_size=300)
        return rulings

    @staticmethod
    def _object(rulings, status):
        Appeal.objects.bulk_create([
            Appeal(ruling=ruling, objector=ruling.comment.author, words="It was about the piece.", status=status)
            for ruling in rulings
        ])  # fmt: skip


def _count(discussions):
    found = Discussion.objects.filter(pk__in=[discussion.pk for discussion in discussions])
    told = {"last": Max("comments__number"), "at": Max("comments__published_at")}
    rows = list(found.annotate(**told, shown=Count("comments", filter=Q(comments__status="published"))))
    for row in rows:
        row.next_number, row.published_count, row.last_comment_at = (row.last or 0) + 1, row.shown, row.at
    Discussion.objects.bulk_update(rows, ["next_number", "published_count", "last_comment_at"], batch_size=300)
