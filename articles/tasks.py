from django_tasks import task

from articles import mail
from articles.models import ArticleEvent, MessageEvent, Picture, SafetyEvent, SubmissionEvent
from forum.lib import images


@task()
def tell_about_submission(event, audience):
    """Send the letter about one event to one audience."""
    mail.tell_about_submission(SubmissionEvent.objects.get(pk=event), audience)


@task()
def tell_about_article(event, audience):
    """Send the letter about one event to one audience."""
    mail.tell_about_article(ArticleEvent.objects.get(pk=event), audience)


@task()
def tell_about_message(event, audience):
    """Send the answer to a message."""
    mail.tell_about_message(MessageEvent.objects.get(pk=event), audience)


@task()
def tell_about_safety(event, audience):
    """Say that there is something to read, never what."""
    mail.tell_about_safety(SafetyEvent.objects.get(pk=event), audience)


@task()
def prepare_picture(pk):
    """Make a picture ready for print, and show it in its manuscript."""
    picture = Picture.objects.get(pk=pk)
    with picture.original.open("rb") as file:
        data = file.read()
    try:
        made = images.encode(data)
    except images.Unreadable as complaint:
        picture.fail(str(complaint))
        return
    picture.prepare(made)
    if picture.submission:
        picture.submission.render_again()
