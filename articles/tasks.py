from django_tasks import task

from articles import mail
from articles.models import ArticleEvent, MessageEvent, Picture, SafetyEvent, SubmissionEvent
from articles.workflow import ARTICLE, MESSAGE, SAFETY, SUBMISSION
from forum.lib import images
from forum.lib.tries import again

TELLERS = {
    SUBMISSION.name: (SubmissionEvent, mail.tell_about_submission),
    ARTICLE.name: (ArticleEvent, mail.tell_about_article),
    MESSAGE.name: (MessageEvent, mail.tell_about_message),
    SAFETY.name: (SafetyEvent, mail.tell_about_safety),
}


@task()
def tell(machine, event, audience):
    """Write the letters that a move promised to one audience; what is gone since is told to nobody."""
    events, teller = TELLERS[machine]
    for found in events.objects.filter(pk=event):
        teller(found, audience)


# What was queued by 0.5.0 and earlier is told too.


@task()
def tell_about_submission(event, audience):
    """Write what 0.5.0 promised about a piece."""
    tell.func(SUBMISSION.name, event, audience)


@task()
def tell_about_article(event, audience):
    """Write what 0.5.0 promised about a published piece."""
    tell.func(ARTICLE.name, event, audience)


@task()
def tell_about_message(event, audience):
    """Write what 0.5.0 promised about a message."""
    tell.func(MESSAGE.name, event, audience)


@task()
def tell_about_safety(event, audience):
    """Write what 0.5.0 promised about a request for safety."""
    tell.func(SAFETY.name, event, audience)


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
