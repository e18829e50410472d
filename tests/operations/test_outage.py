import os

import pytest

from tests.operations.follow import PostgreSQL
from tests.operations.outage import take_away

CAN = os.geteuid() == 0 and PostgreSQL.tools


@pytest.mark.soak
@pytest.mark.skipif(not CAN, reason="needs PostgreSQL's own programs, and root to run them as somebody else")
def test_a_database_taken_away_under_everybodys_hands_costs_nobody_an_untruth():
    take_away()
