"""What is no password: the words that stand on every page."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from forum.lib.text.lookalikes import look
from forum.pages.models import SiteSettings

LONGEST = 200  # letters; nobody tries more of the site’s words than that
TOO_NEAR = "This is made of the site’s own words, which are the first that anybody would try. Take a sentence of yours."


def is_made_of(words, text):
    """Say whether a text is some of these words one after another, in one walk however the words overlap."""
    ends = {0}
    for place in range(len(text)):
        if place in ends:
            ends |= {place + len(word) for word in words if text.startswith(word, place)}
    return bool(text) and len(text) in ends


class SiteWordsValidator:
    """Refuses what is made of the name, the tagline and the address of the site alone, with or without numbers."""

    def validate(self, password, user=None):
        if len(password) > LONGEST:
            return
        site = SiteSettings.get()
        host = urlsplit(settings.SITE_URL).hostname or ""
        said = re.split(r"[\W_]+", f"{site.name} {site.tagline} {host}")
        initials = "".join(word[0] for word in site.name.split())
        words = {look(word.lower()) for word in [*said, initials]} - {""}
        letters = re.sub(r"[\W\d_]+", "", password)
        if any(is_made_of(words, look(form.lower())) for form in (password, letters)):
            raise ValidationError(TOO_NEAR, code="password_of_site_words")

    def get_help_text(self):
        return ""
