from django.db import models

from forum.lib.text import BodyField, ShownField, count_words, normalise, reading_minutes, render


class Text(models.Model):
    """Title, standfirst and body. The HTML that is shown is made when the text is written, never when read."""

    title = models.CharField(max_length=200, blank=True)
    standfirst = models.CharField(max_length=400, blank=True)
    body = BodyField(blank=True)
    html = ShownField(blank=True, editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)

    TEXT = ["title", "standfirst", "body"]

    class Meta:
        abstract = True

    @property
    def minutes(self):
        """Return the reading time in minutes."""
        return reading_minutes(self.words)

    def text(self):
        """Return what was written, for a copy of it."""
        return {name: getattr(self, name) for name in self.TEXT}

    def set_text(self, *, pictures=None, **text):
        """Set what was written and make from it what is shown; saves nothing."""
        for name, value in text.items():
            setattr(self, name, value)
        self.title, self.standfirst = normalise(self.title), normalise(self.standfirst)
        self.body = BodyField().get_prep_value(self.body)
        self.html = render(self.body, pictures)
        self.words = count_words(self.body)
