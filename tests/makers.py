"""Things for tests, made the way people make them: by speaking verbs."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import User
from articles import promises
from articles.models import Kind, Question, Region, Submission, Topic
from articles.models.private.declaration import Declaration
from articles.signing import digest_of

numbers = count(1)

BODY = (
    "<p>Every treaty is a promise made in daylight about what will be done at night.</p>"
    '<p>The one signed in March is no exception.<span class="footnote">See the preamble.</span></p>'
)

DECLARED = {
    "original": (["new"], ""),
    "elsewhere": (["no"], ""),
    "interests": (["no"], ""),
    "ai": (["none"], ""),
    "coursework": (["no"], ""),
}


def a_person(name="Nadia Newcomer", **fields):
    """Register somebody with an address of her own."""
    return User.objects.register(f"person{next(numbers)}@example.org", name, **fields)


def a_draft(by, *, name="", title="A promise at night", body=BODY, said=None, **text):
    """Let `by` write everything a submission needs, under her own name or another."""
    text |= {"title": title, "body": body, "biography": "Studies law in Sarajevo."}
    draft = Submission.begin(by=by, name=name or by.name, **text)
    Declaration.keep(draft, by=by, said=said or DECLARED)
    return draft


def a_submitted(by, **text):
    """Let `by` submit a piece."""
    draft = a_draft(by, **text)
    draft.submit(by=by)
    return draft


def in_review(by, editor, **text):
    piece = a_submitted(by, **text)
    piece.take_up(by=editor)
    return piece


def with_author(by, editor, *, days=14, points=(), **text):
    piece = in_review(by, editor, **text)
    due = promises.end_of(timezone.localdate() + timedelta(days=days))
    piece.ask_for_changes(by=editor, letter="Please say who signed it.", due=due, points=points)
    return piece


def an_accepted(by, editor, **text):
    """Bring a piece to its copy-editing, classified."""
    piece = in_review(by, editor, **text)
    piece.accept(by=editor, letter="We are glad to have this.")
    piece.classify(
        kind=Kind.objects.get(slug="essay"),
        topics=[Topic.objects.get(slug="diplomacy")],
        regions=[Region.objects.get(slug="southern-europe")],
    )
    return piece


def a_proof(by, editor, **text):
    piece = an_accepted(by, editor, **text)
    piece.send_proof(by=editor)
    return piece


def a_ready(by, editor, **text):
    piece = a_proof(by, editor, **text)
    piece.sign_off(by=by, digest=digest_of(piece))
    return piece


def a_scheduled(by, editor, publisher, *, days=3, **text):
    piece = a_ready(by, editor, **text)
    piece.publish(by=publisher, at=timezone.now() + timedelta(days=days))
    return piece


def an_article(by, editor, publisher, **text):
    """Bring a piece all the way to its readers."""
    return a_ready(by, editor, **text).publish(by=publisher)


def a_question(title="Should treaties be signed at night?"):
    return Question.objects.create(title=title, slug=f"question-{next(numbers)}")


SUBMISSIONS_IN = {
    "draft": lambda who: a_draft(who.author),
    "submitted": lambda who: a_submitted(who.author),
    "in_review": lambda who: in_review(who.author, who.editor),
    "with_author": lambda who: with_author(who.author, who.editor),
    "accepted": lambda who: an_accepted(who.author, who.editor),
    "proof": lambda who: a_proof(who.author, who.editor),
    "ready": lambda who: a_ready(who.author, who.editor),
    "published": lambda who: a_scheduled(who.author, who.editor, who.publisher),
}
