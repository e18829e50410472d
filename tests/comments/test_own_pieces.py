"""Authors hear of comments on their pieces: once a day unless they say otherwise, and never of what nobody may read."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from articles.models import Byline, PrintedByline
from comments import clock
from comments.models import HowOften, MailChoice, Notice
from tests.comments.making import a_comment, a_published, a_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(work):
    """Return whom mails about comments went to since the last call; with `morning`, once it has come."""

    def sent(*, morning=False):
        work()
        if morning:
            Notice.objects.update(due_at=timezone.now())
        clock.tell_due()
        work()
        found = [letter.to[0] for letter in mail.outbox if "comment" in letter.subject]
        mail.outbox.clear()
        return found

    return sent


def printed_with(article, person):
    """Let `person` be printed as a second author of a piece."""
    byline = Byline.objects.get(submission=article.submission)
    author = type(byline.author).called("Nina N.", user=person)
    PrintedByline.objects.create(edition=article.edition, order=2, name="Nina N.", author=author)


def test_an_author_hears_of_comments_once_a_day(article, sami, rosa, mina, mails):
    first = a_published(article, rosa, mina)
    assert sami.email not in mails()
    a_published(article, mina, mina)
    assert mails(morning=True) == [sami.email]
    assert mails(morning=True) == []
    assert Notice.objects.filter(to=sami, sent_at=None).count() == 0
    assert first.notices.get().to == sami


def test_what_waits_is_removed_or_her_own_is_not_told(article, sami, rosa, mina, mails):
    a_comment(article, rosa)
    a_published(article, sami, mina)
    removed = a_published(article, rosa, mina)
    removed.remove(by=mina, rule=a_rule(), reason="It attacks a person.")
    mail.outbox.clear()
    mails()
    assert mails(morning=True) == []


def test_co_authors_hear_as_well_and_each_by_her_own_wish(article, sami, rosa, edith, mina, mails):
    printed_with(article, edith)
    MailChoice.choose(HowOften.OFF, HowOften.AT_ONCE, by=edith)
    a_published(article, rosa, mina)
    assert [to for to in mails() if to != rosa.email] == [edith.email]
    assert mails(morning=True) == [sami.email]


def test_one_click_in_the_mail_stops_it(article, sami, rosa, mina, mails, work, client):
    MailChoice.choose(HowOften.AT_ONCE, HowOften.AT_ONCE, by=sami)
    a_published(article, rosa, mina)
    work()
    (letter,) = [letter for letter in mail.outbox if letter.to == [sami.email] and "comment" in letter.subject]
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert "Rosa Reader wrote a comment on “A promise at night”" in letter.body
    a_published(article, mina, mina)
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    mails()
    a_published(article, mina, mina)
    assert (mails(morning=True), Notice.objects.filter(to=sami, sent_at=None).count()) == ([], 0)


def test_an_author_chooses_by_the_address_in_her_mail_and_others_are_not_asked(article, sami, rosa, client):
    said = {"how_often": "at_once", "own_pieces": "off"}
    client.post(MailChoice.path(sami), said)
    chosen = MailChoice.of(sami)
    assert (chosen.how_often, chosen.own_pieces) == ("at_once", "off")
    assert "comments on my pieces" in client.get(MailChoice.path(sami)).text
    assert "comments on my pieces" not in client.get(MailChoice.path(rosa)).text


def test_who_stops_the_mail_hears_nothing_later_of_what_waited(article, sami, rosa, mina, mails):
    a_published(article, rosa, mina)
    mails()
    MailChoice.stop(by=sami)
    MailChoice.choose(HowOften.DAILY, HowOften.DAILY, by=sami)
    assert mails(morning=True) == []


def test_whoever_had_stopped_all_such_mail_before_gets_none_of_the_new_kind(sami, rosa):
    MailChoice.objects.create(user=sami, how_often=HowOften.OFF)
    MailChoice.objects.create(user=rosa, how_often=HowOften.AT_ONCE)
    import_module("comments.migrations.0006_own_pieces").keep_silence(apps, None)
    chosen = {choice.user: choice.own_pieces for choice in MailChoice.objects.all()}
    assert chosen == {sami: HowOften.OFF, rosa: HowOften.DAILY}
