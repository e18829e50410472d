import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

PLACE = re.compile(r"\{([^{}]*)\}")
WORDS = ["name", "title", "editor"]
WORDS_OF_A_DECLINE = ["strength", "improve", "invited"]
GAP = "[…]"
OFF_SCOPE = "off_scope"


def fill(text, words):
    """Put words in the places of a letter that carry their names; every other brace stays as it was typed."""
    return PLACE.sub(lambda place: words.get(place[1], place[0]), text)


class LetterTemplateQuerySet(models.QuerySet):
    """Templates as the desk asks for them."""

    def written_for(self, verb):
        """Return the templates of one decision, in their order."""
        return self.filter(verb=verb)

    def off_scope(self):
        """Return the letter that declines what is not our subject, where there is one."""
        return self.written_for("decline").filter(reason=OFF_SCOPE)[:1]


class LetterTemplate(models.Model):
    """The beginning of a letter, kept by the managing editors."""

    VERBS = {
        "ask_for_changes": "asking for changes",
        "accept": "accepting",
        "decline": "declining",
        "revoke": "taking an acceptance back",
        "write_author": "a message to the author",
    }

    name = models.CharField(max_length=80)
    verb = models.CharField("used for", max_length=40, choices=VERBS)
    reason = models.CharField(
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[a-z][a-z_]*$", "Use small letters and underscores, such as too_long.")],
        help_text="A code the desk counts letters by, such as too_long. The author never sees it.",
    )
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["verb", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["verb", "name"], name="template_named_once")]

    def __str__(self):
        return self.name

    def clean(self):
        allowed = self.words_of(self.verb)
        unknown = [place for place in PLACE.findall(self.text) if place not in allowed]
        if unknown:
            known = ", ".join(f"{{{word}}}" for word in allowed)
            raise ValidationError({"text": f"Nothing can be filled in for {{{unknown[0]}}}. Use {known}."})

    @staticmethod
    def words_of(verb):
        """Return what can be filled in in the letters of a decision."""
        return [*WORDS, *(WORDS_OF_A_DECLINE if verb == "decline" else [])]

    def asks_for(self, word):
        """Say whether the editor has to give this word."""
        return f"{{{word}}}" in self.text

    def begin(self, piece, *, by):
        """Return the letter about a piece as far as it writes itself."""
        words = {"name": piece.corresponding_author.greeted_as, "title": str(piece), "editor": by.name}
        return fill(self.text, words)
