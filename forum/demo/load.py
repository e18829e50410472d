"""Puts the demonstration on an empty site."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from articles.models import AuthorNote, Message, SafetyRequest, StaffNote, Submission
from articles.workflow import SUBMISSION
from forum.demo import content
from forum.demo.discussion import discuss
from forum.demo.people import address, make_accounts
from forum.demo.pieces import Newsroom
from forum.lib.moves import Guest
from forum.lib.text.paragraphs import paragraphs_of
from forum.pages.models import Holiday, SiteSettings


@transaction.atomic
def load():
    """Make people, pieces, submissions in every state, comments and reports; nobody is mailed about them."""
    SiteSettings.objects.update(contact_email=address("office"), editor_email=address("editors"))
    close_at_new_year()
    newsroom = Newsroom(make_accounts())
    for page in sorted(content.pages("pieces"), key=lambda page: -page["days_ago"]):
        newsroom.article(page)
    for page in content.pages("submissions"):
        bring(newsroom, page)
    commission(newsroom)
    discuss(newsroom)
    write_messages(newsroom)
    Delivery.objects.all().delete()
    DBTaskResult.objects.all().delete()


def close_at_new_year():
    """Let the desk be closed between the years."""
    year = timezone.localdate().year
    Holiday.objects.create(first=date(year, 12, 24), last=date(year + 1, 1, 2), words="A good new year to all of you.")


def bring(newsroom, page):
    """Bring a submission to the state its file names, as if begun some days ago."""
    piece = press(newsroom, page)
    day = timezone.now() - timedelta(days=page["days_ago"])
    step = (timezone.now() - day) / (piece.events.count() + 1)
    for place, event in enumerate(piece.events.all()):
        then = day + place * step
        piece.events.filter(pk=event.pk).update(at=then)
        piece.revisions.filter(verb=event.verb).update(made_at=then)
        piece.letters.filter(verb=event.verb).update(at=then)
    Submission.objects.filter(pk=piece.pk).update(begun_at=day, moved_at=then)
    if page.get("days_late"):
        piece.record(due_at=timezone.now() - timedelta(days=page["days_late"]))


def commission(newsroom):
    """Start an interview with somebody who has no account, and ask her by a personal link."""
    (page,) = content.pages("commissions")
    said = {name: page[name] for name in ("name", "email", "title", "standfirst", "body")}
    Submission.commission(by=newsroom.editor, **said)


def press(newsroom, page):
    """Press the buttons that lead to the state the file names."""
    desk, chief, state = newsroom.editor, newsroom.publisher, page["state"]
    if state in SUBMISSION.where(accepted=True, under_way=True):
        return getattr(newsroom, state)(page)
    if state == "scheduled":
        piece = newsroom.ready(page)
        day = timezone.localtime() + timedelta(days=page["days_ahead"])
        piece.publish(by=chief, at=day.replace(hour=9, minute=0, second=0, microsecond=0))
        return piece
    piece = newsroom.draft(page)
    author = piece.corresponding_author
    if state != "draft":
        piece.submit(by=author)
    if state in ("in_review", "with_author", "declined"):
        piece.take_up(by=desk)
        annotate(piece, desk, page.get("notes", []))
    if state == "with_author":
        ask(piece, page, desk)
    if state == "declined":
        piece.decline(by=desk, letter=page["letter"])
    if state == "dismissed":
        piece.dismiss(by=desk)
    if state == "withdrawn":
        piece.withdraw(by=author)
    return piece


def annotate(piece, editor, notes):
    """Write beside the paragraphs what the file notes on them."""
    texts = {paragraph.number: paragraph.text for paragraph in paragraphs_of(piece.html)}
    for note in notes:
        table = AuthorNote if note["to"] == "author" else StaffNote
        table.write(piece, by=editor, text=note["text"], number=note["paragraph"], quote=texts[note["paragraph"]])


def ask(piece, page, editor):
    """Ask for changes point by point, and let the author write back in between."""
    points = [(point["weight"], point["text"]) for point in page.get("points", [])]
    due = timezone.now() + timedelta(days=12)
    piece.ask_for_changes(by=editor, letter=page["letter"], due=due, points=points)
    if page.get("message"):
        piece.write_editor(by=piece.corresponding_author, letter=page["message"])


def write_messages(newsroom):
    """Let readers write to the editors."""
    article = next(iter(newsroom.articles.values()))
    Message.send(
        by=Guest("teacher@forum.example"),
        kind=Message.Kind.CONTACT,
        text="May I use two of your sample essays in class next week? I would print thirty copies.",
        name="Tereza Dvořáčková",
        email="teacher@forum.example",
    )
    Message.send(
        by=Guest(),
        kind=Message.Kind.CORRECTION,
        text="The second note seems to give the wrong year. Could you look it up again?",
        article=article,
    )
    student = newsroom.accounts["student"]
    SafetyRequest.ask(
        by=student,
        submission=Submission.objects.by_author(student).filter(status="published").first(),
        kind=SafetyRequest.Kind.PEN_NAME,
        name="Ligaya Santos",
        text="I apply for a visa next month, and my name should not stand under this piece by then.",
    )
