"""What a discussion keeps to itself, planted so that it could leak."""

import uuid

from accounts.models import User
from comments.models import Appeal, Comment, Discussion, Follow, Mute, Respect, Trust
from comments.screening import HELD_FOR
from tests import makers
from tests.comments import making

MODERATORS = {"mina", "edith", "eno", "maggie"}


def plant(article, cast, secret):
    """Let people write, report, decide and object, so that each of their words is somebody's own business."""
    rosa, mina = cast["rosa"], cast["mina"]
    hers = {"rosa", *MODERATORS}
    tessa = somebody(cast, "tessa")
    Trust.give(tessa, by=mina)
    held(article, tessa, {rule: secret(f"held{rule}", {"tessa", *MODERATORS}) for rule in HELD_FOR})
    reworded(article, tessa, mina, secret("earlier", {"tessa", *MODERATORS}))
    quoted(article, rosa, tessa, mina, secret("quoted", hers))
    warned = making.a_published(article, rosa, mina, "Harbours lie.")
    making.a_sanction(warned, by=mina, reason=secret("warned", hers))
    words = {what: secret(what, MODERATORS) for what in ("told", "again")}
    snitch = somebody(cast, secret("snitch", {"ada"}))
    kept(warned, snitch, mina, **words)
    making.a_report(making.a_published(article, rosa, mina, "Harbours swear."), by=snitch, words=words["told"])
    Respect.give(warned, by=somebody(cast, secret("admirer", {"ada"})))
    Mute.add(warned, by=somebody(cast, secret("muter", {"ada"})))
    behind_a_name(cast, mina)


def somebody(cast, name):
    """Register somebody by a name, which stands in her address too; her own pages and mails may say it."""
    cast[name] = User.objects.register(f"{name}@example.org", name.capitalize())
    return cast[name]


def held(article, by, words):
    """Write a comment that each rule holds."""
    with Discussion.of(article).locked() as discussion:
        for rule, word in words.items():
            Comment.write(discussion, by=by, text=f"{word} was said.", key=uuid.uuid4(), waits=rule)


def reworded(article, by, moderator, word):
    """A comment that reads otherwise now, because the editors asked for it."""
    comment = making.a_rewording(article, by, moderator, f"{word} was said.")
    comment.reword("Something milder was said.", by=by)
    comment.approve(by=moderator)


def quoted(article, by, answering, moderator, word):
    """A comment that was removed after somebody quoted it."""
    source, said = making.a_published(article, by, moderator, f"{word} was said."), len(word)
    said = {"text": "I quote that.", "key": uuid.uuid4(), "answers": source, "quote": (0, said)}
    assert Discussion.of(article).post(by=answering, **said).quotation == word
    source.remove(by=moderator, rule=making.a_rule(), reason="It is about a person.")


def kept(comment, reporter, moderator, told, again):
    """A member reports a comment that stays, and objects to that."""
    making.a_report(comment, by=reporter, words=told, reason="privacy")
    comment.refresh_from_db()
    comment.keep(by=moderator)
    Appeal.submit(comment.rulings.get(verb="keep"), by=reporter, words=again)


def behind_a_name(cast, moderator):
    """Somebody speaks under the pen name that stands on her piece: in public, waiting, reported and removed."""
    behind, words = cast["behind"], {"name": "Pen Palinode", "title": "The hidden harbour"}
    discussion = Discussion.of(makers.an_article(behind, cast["edith"], cast["maggie"], **words))
    assert discussion.author_for(behind).name == "Pen Palinode"
    Follow.begin(discussion, by=cast["rosa"])
    spoken = [
        discussion.post(by=behind, text=f"I wrote this for a {what}.", key=uuid.uuid4(), as_author=True)
        for what in ("reader", "moderator", "reporter", "rule")
    ]
    for comment in spoken[:1] + spoken[2:]:
        comment.approve(by=moderator)
    making.a_report(spoken[2])
    spoken[3].remove(by=moderator, rule=making.a_rule(), reason="It is about a person.")
    Appeal.submit(spoken[3].ruling, by=behind, words="It is about an argument.")
