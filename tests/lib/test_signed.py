"""Numbers in an address, signed."""

import pytest

from forum.lib.signed import Signed

LINK, OTHER = Signed("tests.link"), Signed("tests.other")


def test_what_was_signed_is_read_again():
    assert LINK.read(LINK.sign(7, 12)) == (7, 12)
    assert LINK.read(LINK.sign(7)) == (7,)


@pytest.mark.parametrize("token", ["", "7", "7.12", "7:", ":", OTHER.sign(7), LINK.sign(7).replace("7", "8", 1)])
def test_what_nobody_signed_for_this_is_no_number(token):
    assert LINK.read(token) == ()
