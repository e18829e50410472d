"""A magazine of a hundred thousand pieces beside one of two thousand: what each page takes, and by which plans.

What is finished is copied; what is on the desk, and waits for moderators, is as much in the small one as in the large.
"""

from accounts.models import User
from articles.models import Answer, Article, ArticleEvent, Message, Question, SafetyRequest, Submission
from articles.models.public import shelved
from bench.build import STATES, Newsroom
from bench.scale import copies
from bench.scale.talk import Talk
from comments.models import Discussion
from forum.lib.text.prose import paragraphs

PIECES, TIMES = 2_000, 50
QUESTIONS = 10
FEW, MANY, LIVE = 50, 5_000, 120
FINISHED = {state: STATES[state] for state in ("declined", "dismissed", "withdrawn")}
OPEN = {state: 1 for state in STATES if state not in FINISHED and state != "published"}


def build(pieces=PIECES):
    """Write a magazine with so many pieces in print; return the rows that may be copied."""
    newsroom, talk = Newsroom.open(0), Talk.open()
    User.objects.register("admin@example.org", "Ada", superuser=True)
    before = copies.marked()
    questions = [Question.objects.create(title=f"Is it {n}?", slug=f"question-{n}") for n in range(QUESTIONS)]
    newsroom.meet(max(2, pieces // 10))
    talk.meet(max(2, pieces // 7))
    newsroom.coming_each = 0
    newsroom.add(pieces, {"published": 1})
    newsroom.add(pieces // 2, FINISHED)
    articles = list(Article.objects.order_by("pk").select_related("submission"))
    _answer(articles, questions)
    _change(articles)
    _write(articles[: pieces // 20], newsroom.editors[0])
    talk.add(_discussions(articles), 2)
    after = copies.marked()
    live(newsroom, talk)
    return copies.spans(before, after)


def live(newsroom, talk):
    """Write what is on the desk now, however large the archive: open pieces, messages, and the queue of moderators."""
    newsroom.add(LIVE, OPEN)
    newsroom.add(3, {"published": 1})
    articles = list(Article.objects.order_by("-pk")[:3])
    _write(articles, newsroom.editors[0], status="open")
    few, many, waiting = _discussions(articles)
    talk.add([few], FEW)
    talk.add([many], MANY)
    talk.wait([waiting], held=60, reported=30, objected=10)
    newsroom.coming_each = 1
    newsroom.add(LIVE // 3, {"published": 1})
    for piece in Submission.objects.filter(status="in_review").order_by("pk")[:3]:
        SafetyRequest.ask(by=piece.corresponding_author, submission=piece, kind="delay", text="I am followed.")


def _discussions(articles):
    rows = Discussion.objects.filter(article__in=articles).select_related("article__edition").order_by("-article")
    return list(rows)


def _answer(articles, questions):
    sides, some = ["yes", "no", "depends"], articles[::5]
    rows = [
        Answer(article=article, question=questions[place % len(questions)], stance=sides[place % 3])
        for place, article in enumerate(some)
    ]
    Answer.objects.bulk_create(rows)


def _change(articles):
    """Say of every piece that it was published, and of some that something was put right."""
    rows = [("publish", article, {}) for article in articles]
    rows += [("amend", article, {"change": "correction"}) for article in articles[::20]]
    rows += [("amend", article, {"change": "typo"}) for article in articles[::10]]
    ArticleEvent.objects.bulk_create([
        ArticleEvent(
            article=article, verb=verb, target="published", detail=detail, note="We say who signed.",
            actor_kind="user", actor=article.submission.editor, at=article.published_at,
        )
        for verb, article, detail in rows
    ])  # fmt: skip


def _write(articles, editor, status="answered"):
    """Let readers write about these pieces."""
    text = "Who signed the second clause?"
    Message.objects.bulk_create([
        Message(
            kind="contact", article=article, text=text, html=paragraphs(text), name="Noor", status=status,
            sent_at=article.published_at, due_at=article.published_at, email="noor@example.org",
        )
        for article in articles
    ])  # fmt: skip


def grow(tables, times, said):
    """Copy the finished pieces with all that hangs on them until there are so many times as many."""
    shelved.stop_shelving()  # `count_on` writes the shelves, all at once
    for number in range(1, times):
        copies.copy(tables, number)
        said(number, times - 1)
    copies.count_on()
