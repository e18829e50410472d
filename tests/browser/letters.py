"""What people find in their mail."""

import re

from django.conf import settings

from accounts.models import Delivery


def letter_to(email):
    """Return the newest letter to an address."""
    return Delivery.objects.filter(to=email).latest("pk")


def code_for(email):
    """Return the six digits mailed last."""
    return re.search(r"\b\d{6}\b", letter_to(email).text)[0]


def link_in(letter):
    """Return the first address in a letter, as the browser of a test finds it."""
    return re.search(re.escape(settings.SITE_URL) + r"(/\S+)", letter.text)[1]
