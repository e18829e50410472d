"""What operators are given as files beside the document."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.operations.follow import ROOT, blocks

UNITS = sorted((ROOT / "docs").glob("*.service"))


def test_every_file_that_is_given_is_led_to():
    document = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    given = [*UNITS, ROOT / "docs/nginx.conf"]
    assert [path.name for path in given if f"]({path.name})" not in document] == []
    assert len(UNITS) == 2
    assert len(blocks()) == 7


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit, tmp_path):
    here = Path(tmp_path, unit.name)
    here.write_text(re.sub(r"(ExecStart=)\S+", r"\1/bin/true", unit.read_text()))
    done = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
