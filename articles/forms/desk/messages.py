"""What answers to readers ask for."""

from django.conf import settings
from django.template.loader import render_to_string

from articles.forms.desk.pressing import PressForm
from forum.lib.forms import Lines


class AnswerForm(PressForm):
    """What the sender of a message is told."""

    text = Lines(label="Your answer", max_length=10_000)

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, thing=thing, **kwargs)
        if thing.led_to_a_change:
            context = {"article": thing.article, "site_url": settings.SITE_URL}
            self.initial.setdefault("text", render_to_string("admin/articles/letters/corrected.txt", context))


class CloseForm(PressForm):
    """Why a message needs no answer."""

    note = Lines(label="Why, for the desk", max_length=600, required=False)


ANSWERS = {"answer": AnswerForm, "close": CloseForm}
