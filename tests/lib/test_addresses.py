"""Addresses that are put together from what `reverse` said once."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from forum.lib.web.addresses import address


def test_it_is_the_address_that_django_gives():
    for name, key in [("admin:submission", "2v8k4mzq7w"), ("admin:message", 7), ("admin:comment", 2**40)]:
        assert address(name, key) == reverse(name, args=[key])
    assert address("admin:submissions") == reverse("admin:submissions")
    with pytest.raises(NoReverseMatch):
        address("admin:nowhere", 7)


def test_it_is_the_address_of_the_site_that_is_asked():
    assert address("admin:message", 7) == "/admin/messages/7/"
    set_script_prefix("/forum/")
    try:
        assert address("admin:message", 7) == "/forum/admin/messages/7/"
    finally:
        set_script_prefix("/")
    assert address("admin:message", 8) == "/admin/messages/8/"
