"""The daily mail when three clocks run at once: each person gets one."""

from datetime import time

import pytest

from accounts.models import Delivery
from articles import promises
from forum import digest
from tests import makers
from tests.races.together import together

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("db")]


def test_three_clocks_write_each_digest_once(round, monkeypatch, sami, edith, eno):
    monkeypatch.setattr(promises, "MORNING", time(0))
    makers.a_submitted(sami)
    together(digest.due, digest.due, digest.due)
    found = Delivery.objects.filter(key__startswith="digest:").values_list("to", flat=True)
    assert sorted(found) == [edith.email, eno.email]
