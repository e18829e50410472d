from django_tasks import task

from articles import mail
from articles.models import ArticleEvent, MessageEvent, Picture, SafetyEvent, SubmissionEvent
from forum.lib import images
from forum.lib.tries import again


@task()
def tell_about_submission(event, audience):
    """Send the letter about one event to one audience, unless a piece thrown away since has left none."""
    for found in SubmissionEvent.objects.filter(pk=event):
        mail.tell_about_submission(found, audience)


@task()
def tell_about_article(event, audience):
    """Send the letter about one event to one audience."""
    for found in ArticleEvent.objects.filter(pk=event):
        mail.tell_about_article(found, audience)


@task()
def tell_about_message(event, audience):
    """Send the answer to a message."""
    for found in MessageEvent.objects.filter(pk=event):
        mail.tell_about_message(found, audience)


@task()
def tell_about_safety(event, audience):
    """Say that there is something to read, never what."""
    for found in SafetyEvent.objects.filter(pk=event):
        mail.tell_about_safety(found, audience)


@task()
def prepare_picture(pk):
    """Make a picture ready for print, and show it in its manuscript, unless it was thrown away meanwhile."""
    for picture in Picture.objects.filter(pk=pk):
        make_ready(picture)


def make_ready(picture):
    """Make what is served of a picture, or say why it cannot be read; where the disk fails, the queue tries again."""
    data = picture.read()
    if not data:
        picture.fail("The file is missing from our store. Please send it again.")
        return
    try:
        made = images.encode(data)
    except images.Unreadable as complaint:
        picture.fail(str(complaint))
        return
    picture.prepare(made)
    if picture.submission:
        picture.submission.render_again()


def prepare_again(pictures):
    """Have those of the pictures that are not ready prepared now, also what could not be read before."""
    for picture in pictures.unready():
        picture.forget_failure()
        again(prepare_picture, picture.pk)
