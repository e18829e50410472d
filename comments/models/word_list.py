from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator

from comments.screening import entries, matching, spoken
from comments.workflow import WORD_LIST
from forum.lib.moves import Event, Moving, Refused
from forum.lib.text.prose import sentences

TRIED_ON = timedelta(days=90)
MOST_TRIED = 5000
EXAMPLES = 3
LONGEST_EXCERPT = 160


class WordListQuerySet(models.QuerySet):
    """Lists of words, as the screen and the desk ask for them."""

    def in_force(self):
        """Return the list that is switched on, or None."""
        return self.switched_on().first()

    def switched_on(self):
        """Return the one that is switched on, among what there is."""
        return self.filter(status="on")

    def for_history(self):
        """Return every list with what happened to it, newest first."""
        return self.prefetch_related("events__actor").order_by("-pk")


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
        return entries(self.words)

    def matches(self, text):
        """Return the entries that stand in a text as whole words."""
        return matching(self.entries, text)

    @classmethod
    def try_out(cls, words, texts, *, by):
        """Look in `texts`, pairs of a comment's key and its words, for what the list would have held."""
        with cls.making("try_out", by=by, words=words, **cls(words=words).look_in(texts)) as tried:
            return tried

    def look_in(self, texts):
        """Return what is found in `texts`: in how many of how many, and for each entry how often and where."""
        found = {entry: {"count": 0, "examples": []} for entry in self.entries}
        looked_at = would_wait = 0
        for pk, text in texts:
            entries = self.matches(text)
            looked_at, would_wait = looked_at + 1, would_wait + bool(entries)
            for entry in entries:
                found[entry]["count"] += 1
                found[entry]["examples"].append(pk)
        for entry in found.values():
            entry["examples"] = entry["examples"][:EXAMPLES]
        return {"found": found, "looked_at": looked_at, "would_wait": would_wait}

    def without(self, other):
        """Return the entries that do not stand in another list, or in none where that is None."""
        said = set(other.entries.values()) if other else set()
        return [line for line, words in self.entries.items() if words not in said]

    @property
    def examples(self):
        """Return the keys of the comments that are shown as examples."""
        return {pk for entry in self.found.values() for pk in entry["examples"]}

    def excerpt(self, entry, text):
        """Return the first sentence in which an entry stands, or the beginning of a text; "" where it is gone."""
        words = self.entries[entry]
        if words not in spoken(text):
            return ""
        here = next((sentence for sentence in sentences(text) if words in spoken(sentence)), text)
        return Truncator(here).chars(LONGEST_EXCERPT)

    def switch_on(self, *, by, instead_of):
        """Let this list decide what waits, in place of the one that was seen to be in force, or None."""
        try:
            with transaction.atomic():
                if (earlier := WordList.objects.in_force()) and earlier != self:
                    if earlier != instead_of:
                        raise Refused(f"Somebody else switched on another list, “{earlier}”. Look at theirs first.")
                    earlier.switch_off(by=by)
                with self.moving("switch_on", by=by):
                    pass
        except IntegrityError:
            raise Refused("Somebody else switched on another list at this moment. Look at theirs first.") from None

    def switch_off(self, *, by):
        """Let no word make a comment wait."""
        with self.moving("switch_off", by=by):
            pass


class WordListEvent(Event):
    """What happened to a list of words."""

    word_list = models.ForeignKey(WordList, models.CASCADE, related_name="events")

    @property
    def done(self):
        """Return what was done, for the history of the lists."""
        return WORD_LIST[self.verb].done
