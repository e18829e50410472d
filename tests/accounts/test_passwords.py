"""What is no password here."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.passwords import LONGEST, TOO_NEAR, is_made_of
from forum.pages.models import SiteSettings

pytestmark = pytest.mark.django_db
OF_THE_SITE = [
    *("internationalaffairs", "InternationalAffairsForum", "International Affairs Forum 2026", "forum-forum-forum"),
    *("1nternat10nal affa1rs", "\u0406nternational Affairs!", "2026 IAF International", "Around the World, Across"),
    *("www.forum.example.net", "forumexamplenet", "aroundtheworld1"),
]


@pytest.mark.parametrize("password", OF_THE_SITE)
def test_the_words_of_the_site_are_no_password(password, settings):
    settings.SITE_URL = "https://www.forum.example.net"
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert refusal.value.messages == [TOO_NEAR]


@pytest.mark.parametrize("password", ["Rosa Reader", "rosareader", "Rosa.Reader1"])
def test_ones_own_name_is_none_either(password, rosa):
    with pytest.raises(ValidationError, match="too similar to the name"):
        validate_password(password, rosa)


SENTENCES = ["a train in the world at night", "eleven international owls", "7391 0428 5512", "\u2603" * 10]


@pytest.mark.parametrize("password", SENTENCES)
def test_other_sentences_are(password):
    validate_password(password)


def test_the_words_are_those_of_this_site_and_said_on_the_page(client, rosa):
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": "Treaties Today"})
    client.force_login(rosa)
    said = {"password1": "Treaties Today 2026", "password2": "Treaties Today 2026"}
    assert TOO_NEAR in client.post("/accounts/password/set/", said).text
    rosa.refresh_from_db()
    assert not rosa.has_usable_password()


def test_words_made_of_each_other_are_read_once_however_long_the_password(settings):
    settings.SITE_URL = "https://mymag.org"
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": "My Mag"})
    alike = "mymag" * (LONGEST // 5 - 1)
    validate_password(f"{alike}q")
    with pytest.raises(ValidationError):
        validate_password(alike)
    words, long = {"my", "mag", "mymag"}, "mymag" * 20_000
    assert (is_made_of(words, long), is_made_of(words, f"{long}q"), is_made_of(words, "")) == (True, False, False)
