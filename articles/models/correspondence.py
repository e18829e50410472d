from django.db import models

from articles import promises
from articles.models.desk import Letter
from forum.lib.again import refuse_again


class Correspondence(models.Model):
    """What goes to and fro between an author and the desk beside the text."""

    class Meta:
        abstract = True

    def write_author(self, *, by, letter, reason="", heard=None):
        """Send the author a message; what she wrote before is answered by it."""
        with self.moving("write_author", by=by):
            self._refuse_again("write_author", by, letter)
            Letter.objects.create(submission=self, verb="write_author", by=by, text=letter, reason=reason)
            self.letters.hear(heard)

    def write_editor(self, *, by, letter):
        """Send the desk a message; it waits for the handling editor, or for all while there is none."""
        with self.moving("write_editor", by=by):
            self._refuse_again("write_editor", by, letter)
            due = promises.first_answer()
            Letter.objects.create(submission=self, verb="write_editor", by=by, text=letter, due_at=due)

    def _refuse_again(self, verb, by, letter):
        """Refuse what is the last word already; after an answer the same words are another message."""
        refuse_again(self.letters.filter(pk=self.letters.last_word(), verb=verb, by=by, text=letter), at="at")

    def read_messages(self, *, by, heard=None):
        """Keep that the author's messages were read and need no answer."""
        move = self.machine["write_author"]
        move.permit(by, self)
        self.letters.hear(heard)
