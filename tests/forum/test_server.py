"""The worker that serves the site."""

import gc
import weakref

import pytest

from forum import server


class Form:
    """A form whose field knows it, as Django's do."""

    def __init__(self):
        self.field = self


@pytest.mark.parametrize(("length", "is_let_go"), [(str(17 * 1024 * 1024), True), ("900", False), ("", False)])
def test_what_held_a_large_upload_is_let_go_at_once(length, is_let_go):
    gc.collect()
    gc.disable()
    try:
        form = weakref.ref(Form())
        server.post_request(None, None, {"CONTENT_LENGTH": length}, None)
        assert (form() is None) is is_let_go
    finally:
        gc.enable()


def test_large_blocks_are_given_back_wherever_the_system_can():
    server.give_back_large_blocks()
