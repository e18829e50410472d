from collections import Counter
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from comments.screening import spoken
from comments.workflow import WORD_LIST
from forum.lib.moves import Event, Moving

TRIED_ON = timedelta(days=90)
MOST_TRIED = 5000
EXAMPLES = 3


class WordListQuerySet(models.QuerySet):
    """Lists of words, as the screen and the desk ask for them."""

    def in_force(self):
        """Return the list that is switched on, or None."""
        return self.filter(status="on").first()


class WordList(Moving):
    """Words that make a comment wait: whole words and phrases, one in a line, never changed once tried."""

    machine = WORD_LIST

    words = models.TextField(max_length=4000)
    found = models.JSONField(default=dict, editable=False)
    looked_at = models.PositiveIntegerField(default=0, editable=False)
    would_wait = models.PositiveIntegerField(default=0, editable=False)
    tried_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WordListQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            WORD_LIST.constraint("word_list_status_known"),
            models.UniqueConstraint(fields=["status"], condition=Q(status="on"), name="word_list_on_once"),
        ]

    def __str__(self):
        return f"Words of {self.tried_at:%-d %B %Y}"

    @cached_property
    def entries(self):
        """Return each line with words in it, as it was written and as it compares."""
        pairs = ((line.strip(), spoken(line)) for line in self.words.splitlines())
        return {line: words for line, words in pairs if words.strip()}

    def matches(self, text):
        """Return the entries that stand in a text as whole words."""
        said = spoken(text)
        return [line for line, words in self.entries.items() if words in said]

    @classmethod
    def try_out(cls, words, texts, *, by):
        """Look in `texts`, pairs of a comment's key and its words, for what the list would have held."""
        with cls.making("try_out", by=by, words=words) as tried:
            counts, examples = Counter(), {}
            for pk, text in texts:
                entries = tried.matches(text)
                counts.update(entries)
                tried.looked_at += 1
                tried.would_wait += bool(entries)
                for entry in entries:
                    examples.setdefault(entry, []).append(pk)
            tried.found = {
                entry: {"count": counts[entry], "examples": examples.get(entry, [])[:EXAMPLES]}
                for entry in tried.entries
            }
            tried.save(update_fields=["found", "looked_at", "would_wait"])
        return tried

    def switch_on(self, *, by):
        """Let this list decide what waits, in place of the one before."""
        with transaction.atomic():
            if (earlier := WordList.objects.in_force()) and earlier != self:
                earlier.switch_off(by=by)
            with self.moving("switch_on", by=by):
                pass

    def switch_off(self, *, by):
        """Let no word make a comment wait."""
        with self.moving("switch_off", by=by):
            pass


class WordListEvent(Event):
    """What happened to a list of words."""

    word_list = models.ForeignKey(WordList, models.CASCADE, related_name="events")
