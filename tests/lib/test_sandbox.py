import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from forum.lib import sandbox
from forum.lib.sandbox import Unreadable, Unworkable, pack, run, unpack

LIMITS = {"seconds": 10, "cpu": 5, "memory": 512 * 1024**2, "output": 1_000}


@pytest.fixture
def task(monkeypatch, tmp_path):
    """Run Python code as the task `work(data)`: a function from code and data to the answer."""

    def play(code, data=b"", **limits):
        package = tmp_path / "forum" / "lib"
        package.mkdir(parents=True, exist_ok=True)
        (tmp_path / "forum" / "__init__.py").touch()
        (package / "__init__.py").touch()
        shutil.copy(sandbox.__file__, package)
        (package / "play.py").write_text("from forum.lib.sandbox import Unreadable\n" + code)
        monkeypatch.setattr(
            sandbox, "_START", sandbox._START.replace(repr(sandbox._ROOT), repr(str(tmp_path)))
        )
        return run("forum.lib.play:work", data, **LIMITS | limits)

    return play


def test_a_task_answers(task):
    assert task("def work(data): return data[::-1]", b"\x00abc") == b"cba\x00"


def test_the_current_folder_does_not_matter(task, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert task("def work(data): return data", b"a") == b"a"


def test_a_sentence_from_the_child_arrives(task):
    with pytest.raises(Unreadable, match=r"^This is a poem…$"):
        task("def work(data): raise Unreadable('This is a poem…')")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_an_answer_that_finds_no_room_is_the_disks_fault_and_not_the_files(task):
    with pytest.raises(OSError, match="No space left on device"):
        task("import os\ndef work(data): os.dup2(os.open('/dev/full', os.O_WRONLY), 1); return b'a'")


@pytest.mark.parametrize(
    ("code", "limits", "reason"),
    [
        ("import time\ndef work(data): time.sleep(60)", {"seconds": 0.5}, "time"),
        ("def work(data):\n while True: pass", {"cpu": 1}, "time"),
        ("def work(data): return bytes(2**31)", {}, "memory"),
        ("def work(data): return bytes(1_001)", {}, "size"),
        ("import os\ndef work(data):\n while True: os.write(1, b'=' * 9999)", {}, "broken"),
        ("def work(data): raise KeyError('x')", {}, "broken"),
        ("def work(data): return work(data)", {}, "broken"),
        ("import os\ndef work(data): os.abort()", {}, "broken"),
        ("import os\ndef work(data): os._exit(0)", {}, "broken"),
        ("import os, signal\ndef work(data): os.kill(os.getpid(), signal.SIGKILL)", {}, "memory"),
        ("def work(data): return 'text'", {}, "broken"),
        ("no python", {}, "broken"),
    ],
)
def test_every_failure_is_refused_with_its_reason(task, code, limits, reason):
    with pytest.raises(Unworkable) as refused:
        task(code, **limits)
    assert refused.value.reason == reason


def test_what_the_child_started_ends_with_it(task, tmp_path):
    sleeper = tmp_path / "pid"
    code = (
        "import subprocess, time\ndef work(data):\n"
        " child = subprocess.Popen(['sleep', '60'])\n"
        f" open({str(sleeper)!r}, 'w').write(str(child.pid))\n time.sleep(60)"
    )
    with pytest.raises(Unworkable):
        task(code, seconds=1)
    time.sleep(0.1)
    status = subprocess.run(
        ["ps", "-o", "stat=", "-p", sleeper.read_text()], capture_output=True, text=True, check=False
    )
    assert status.stdout.strip()[:1] in {"", "Z"}


def test_the_child_knows_no_secret(task, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "sesame")
    code = "import os\ndef work(data): return repr([dict(os.environ), os.listdir('/proc/self/fd')]).encode()"
    assert b"sesame" not in task(code)


def test_only_tasks_of_ours_are_run():
    for name in ("os:system", "forum.lib.sandbox", "forum.lib.a.b.c:d", "forum.a:b", "forum.lib.x:y\n"):
        with pytest.raises(ValueError, match="not a task of ours"):
            run(name, b"", **LIMITS)


def test_packing_and_unpacking():
    assert unpack(pack({"a": "é"}, [b"", b"\x00x"])) == ({"a": "é"}, [b"", b"\x00x"])
    whole = pack([1], [b"abc"])
    for broken in (b"", whole[:-1], whole + b"x", whole[:6], b"\xff" * 20, b"\x00\x00\x00\x021]"):
        with pytest.raises(Unworkable):
            unpack(broken)


def test_the_child_starts_quickly_and_imports_no_framework():
    code = (
        f"import sys; sys.path.insert(0, {sandbox._ROOT!r}); import forum.lib.word.body, forum.lib.images; "
        "print([name for name in sys.modules if name.startswith('django')])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"


def test_only_so_many_children_run_at_once(monkeypatch):
    monkeypatch.setattr(sandbox, "_places", BoundedSemaphore(1))
    with sandbox._places, pytest.raises(sandbox.Unworkable) as refusal:
        sandbox.run("forum.lib.text.tidy:child", b"", seconds=5, cpu=2, memory=1024**3, output=100, patience=0.01)
    assert refusal.value.reason == "busy"
    assert sandbox.run("forum.lib.text.tidy:child", b"x", seconds=5, cpu=2, memory=1024**3, output=100, patience=0.01)
