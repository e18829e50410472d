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
