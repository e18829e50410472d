"""Thousands of submissions in every state, written straight into an empty database."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from random import Random

from django.db import connection
from django.utils import timezone

from accounts.models import User
from articles import search
from articles.models import (
    Article,
    Author,
    Byline,
    Edition,
    Kind,
    Letter,
    PrintedByline,
    Region,
    Revision,
    Submission,
    SubmissionEvent,
    Topic,
)
from articles.models.public.text import Text
from articles.workflow import SUBMISSION
from comments.models import Discussion
from forum.lib.text.prose import clean, paragraphs, plain, render

ONE_OF = 40
STATES = {
    "published": 20,
    "declined": 10,
    "dismissed": 3,
    "withdrawn": 2,
    "submitted": 1,
    "in_review": 1,
    "with_author": 1,
    "accepted": 1,
    "ready": 1,
}
STORY = {
    "submitted": ["begin", "submit"],
    "dismissed": ["begin", "submit", "dismiss"],
    "in_review": ["begin", "submit", "take_up"],
    "declined": ["begin", "submit", "take_up", "decline"],
    "withdrawn": ["begin", "submit", "take_up", "withdraw"],
    "with_author": ["begin", "submit", "take_up", "ask_for_changes"],
    "accepted": ["begin", "submit", "take_up", "ask_for_changes", "resubmit", "accept"],
}
STORY["ready"] = [*STORY["accepted"], "send_proof", "sign_off"]
STORY["published"] = [*STORY["ready"], "publish"]
WORDS = ["the", "treaty", "harbour", "senate", "grain", "border", "canal", "vote", "ministry", "customs", "of", "for"]
ASSIGNED = {"submitted", "dismissed"}


@dataclass
class Newsroom:
    """Who works here, and how often something is drawn by chance."""

    editors: list
    authors: list
    chance: Random
    paragraphs: int = 6  # of ninety words, in each piece
    coming_each: int = 100  # one of so many pieces in print is still to come out; 0 for none

    @classmethod
    def open(cls, authors=ONE_OF, **size):
        """Register three editors, two of them managing, and authors with their pages."""
        ranks = ["editor", "managing editor", "managing editor"]
        editors = [
            User.objects.register(f"desk{number}@example.org", f"Editor {number}", groups=[rank])
            for number, rank in enumerate(ranks)
        ]
        room = cls(editors, [], Random(8), **size)
        room.meet(authors)
        return room

    def meet(self, number):
        """Register this many more authors with their pages."""
        for place in range(len(self.authors), len(self.authors) + number):
            user = User.objects.register(f"author{place}@example.org", f"Author {place}")
            self.authors.append(Author.objects.create(name=user.name, slug=f"author-{place}", user=user))

    def sentence(self, length):
        """Return some words."""
        return " ".join(self.chance.choices(WORDS, k=length)).capitalize()

    @cached_property
    def texts(self):
        """Return some texts: as written, as shown and as searched."""
        bodies = [self._body() for _ in range(ONE_OF)]
        return [(body, render(body), plain(body)) for body in bodies]

    def _body(self):
        return clean("".join(f"<p>{self.sentence(90)}.</p>" for _ in range(self.paragraphs)))

    def add(self, number, states=STATES):
        """Write this many more submissions, in states by their weight, with all that belongs to them."""
        states = self.chance.choices(list(states), weights=states.values(), k=number)
        pieces = Submission.objects.bulk_create([self._submission(state) for state in states])
        Byline.objects.bulk_create([self._byline(Byline, piece, submission=piece) for piece in pieces])
        Revision.objects.bulk_create([self._revision(piece) for piece in pieces])
        SubmissionEvent.objects.bulk_create([event for piece in pieces for event in self._story(piece)])
        declined = [piece for piece in pieces if piece.status == "declined"]
        Letter.objects.bulk_create([self._letter(piece) for piece in declined])
        self._print([piece for piece in pieces if piece.status == "published"])

    def _submission(self, state):
        now = timezone.now()
        ago = timedelta(minutes=self.chance.randint(1, 3 * 365 * 24 * 60))
        author = self.chance.choice(self.authors)
        body, html, _ = self.chance.choice(self.texts)
        is_open = state in SUBMISSION.where(under_way=True)
        piece = Submission(
            status=state,
            corresponding_author=author.user,
            editor=None if state in ASSIGNED else self.chance.choice(self.editors),
            title=self.sentence(6),
            standfirst=self.sentence(20),
            body=body,
            html=html,
            words=90 * self.paragraphs,
            kind=self._one(Kind),
            primary_topic=self._one(Topic),
            begun_at=now - ago,
            moved_at=now - ago / 2,
            due_at=now + timedelta(hours=self.chance.randint(-300, 900)) if is_open else None,
        )
        piece.by = author
        return piece

    @cached_property
    def places(self):
        """Return what a piece can be and be about; few topics, so that every piece has others beside it."""
        topics = Topic.objects.filter(slug__in=["diplomacy", "defence", "cyber-and-information"])
        return {Kind: list(Kind.objects.all()), Topic: list(topics), Region: list(Region.objects.all())}

    def _one(self, model):
        return self.chance.choice(self.places[model])

    @staticmethod
    def _byline(model, piece, **of):
        return model(name=piece.by.name, biography="Writes at night.", author=piece.by, **of)

    @staticmethod
    def _revision(piece):
        return Revision(
            submission=piece, number=1, verb="submit", made_by=piece.by.user, made_at=piece.begun_at,
            **piece.text(), html=piece.html, words=piece.words,
        )  # fmt: skip

    @staticmethod
    def _letter(piece):
        text = "Thank you. This is not for us."
        return Letter(submission=piece, verb="decline", by=piece.editor, text=text, html=paragraphs(text))

    @staticmethod
    def _story(piece):
        for hours, verb in enumerate(STORY[piece.status]):
            yield SubmissionEvent(
                submission=piece, verb=verb, target=piece.status, actor_kind="user",
                actor=piece.editor or piece.by.user, at=piece.begun_at + timedelta(hours=12 * hours),
            )  # fmt: skip

    def _print(self, pieces):
        now, articles = timezone.now(), []
        for place, piece in enumerate(pieces):
            is_coming = self.coming_each and place % self.coming_each == 0
            at = now + timedelta(days=place % 30 + 1) if is_coming else piece.moved_at
            articles.append(
                Article(
                    submission=piece, status="published", year=at.year, slug=f"piece-{piece.code}",
                    published_at=at, announced_at=at, kind=piece.kind, primary_topic=piece.primary_topic,
                )
            )  # fmt: skip
        Article.objects.bulk_create(articles)
        editions = Edition.objects.bulk_create([self._edition(article) for article in articles])
        for article, edition in zip(articles, editions, strict=True):
            article.edition = edition
        Article.objects.bulk_update(articles, ["edition"], batch_size=200)
        PrintedByline.objects.bulk_create(
            [self._byline(PrintedByline, e.article.submission, edition=e) for e in editions]
        )
        self._classify(articles)
        Discussion.objects.bulk_create([Discussion(article=article) for article in articles])
        self._index(articles)

    def _index(self, articles):
        searched = {body: words for body, _, words in self.texts}
        rows = [
            [article.pk, article.title, article.standfirst, article.submission.by.name, searched[article.edition.body]]
            for article in articles
        ]
        with connection.cursor() as cursor:
            cursor.executemany(search.KEEP[connection.vendor], rows)

    @staticmethod
    def _edition(article):
        piece = article.submission
        first = Edition(article=article, number=1, made_by=piece.editor, made_at=article.published_at)
        for name in [*Text.TEXT, "html", "words"]:
            setattr(first, name, getattr(piece, name))
        return first

    def _classify(self, articles):
        about, where = Article.topics.through, Article.regions.through
        about.objects.bulk_create([about(article=a, topic=a.primary_topic) for a in articles])
        where.objects.bulk_create([where(article=a, region=self._one(Region)) for a in articles])
