"""Run a parser on a stranger's file in a child process with limits on time, memory and output.

The child gets its input and gives its answer through unnamed temporary files: no pipe can fill up, and the
kernel bounds the answer. It inherits no environment, no open file and no terminal.
"""

import errno
import json
import os
import re
import resource
import signal
import struct
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from threading import BoundedSemaphore

_ROOT = str(Path(__file__).resolve().parents[2])
_START = f"import sys; sys.path.insert(0, {_ROOT!r}); from forum.lib.sandbox import child; child()"
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}  # arenas reserve address space by the thread
MOST_AT_ONCE = 2  # children of one process; the memory they may take adds up
_places = BoundedSemaphore(MOST_AT_ONCE)
_ANSWER, _SENTENCE, _CRASH = b"=", b"?", b"!"
_NO_ROOM = 75  # how a child ends whose answer found no room: there is none to say so either
_REASONS = {
    -signal.SIGXCPU: "time",
    -signal.SIGKILL: "memory",
}  # nobody but the kernel, out of memory, kills here


class Unworkable(Exception):
    """A file could not be worked through. `reason`: "time", "memory", "size" (of the answer), "busy" or "broken"."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Unreadable(ValueError):
    """A file is not what it should be; says so in one plain sentence fit to show."""


def run(task, data, *, seconds, cpu, memory, output, patience=None):
    """Call a task, "forum.lib.module:function" from bytes to bytes, in a child, and return its answer.

    seconds: on the clock; cpu: of processor time; memory: bytes of address space; output: bytes; patience:
    seconds to wait for a place, without end where nothing is said.
    Raises Unreadable when the task says what is wrong, OSError where the disk takes no file, Refused for every
    other failure of the file.
    """
    if not re.fullmatch(r"forum\.lib(\.\w+){1,2}:\w+", task):
        raise ValueError(f"not a task of ours: {task}")
    if not _places.acquire(timeout=patience):
        raise Unworkable("busy")
    try:
        return _run(task, data, seconds, {"cpu": cpu, "memory": memory, "output": output})
    finally:
        _places.release()


def _run(task, data, seconds, limits):
    output, limits = limits["output"], json.dumps(limits)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own, and no shell
            [sys.executable, "-I", "-c", _START, task, limits],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        code = _wait(process, seconds)
        answer.seek(0)
        return _read(answer.read(1), answer.read(output + 1), code, output)


def _wait(process, seconds):
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Unworkable("time") from None
    finally:
        if process.returncode is None:  # also when we are interrupted; it leads its group, so all of it ends
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _read(mark, body, code, output):
    if code == _NO_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if mark == _SENTENCE and code == 0:
        raise Unreadable(body.decode())
    if mark == _CRASH:
        raise Unworkable(body.decode())
    if mark != _ANSWER or code != 0:
        raise Unworkable(_REASONS.get(code, "broken"))
    if len(body) > output:
        raise Unworkable("size")
    return body


def child():
    """The child's own beginning: take on the limits, do the task, write the answer."""
    task, limits = sys.argv[1], json.loads(sys.argv[2])
    _limit(**limits)
    sys.excepthook = _crash
    module, name = task.split(":")
    try:
        answer = getattr(import_module(module), name)(sys.stdin.buffer.read())
    except Unreadable as error:
        _say(_SENTENCE + str(error).encode())
    else:
        _say(_ANSWER + answer if len(answer) <= limits["output"] else _CRASH + b"size")


def _limit(cpu, memory, output):
    os.nice(5)  # readers come before uploads
    limits = {"CORE": 0, "CPU": cpu, "FSIZE": output + 2, "NOFILE": 64}
    if sys.platform == "linux":  # elsewhere the address space cannot be limited
        limits["AS"] = memory
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most + 1 if name == "CPU" else most))


def _crash(kind, error, trace):
    _say(_CRASH + (b"memory" if issubclass(kind, MemoryError) else b"broken"))


def _say(answer):
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except OSError as trouble:
        os._exit(_NO_ROOM if trouble.errno in (errno.ENOSPC, errno.EDQUOT) else 1)


def pack(head, blobs=()):
    """An answer of JSON and binary parts as bytes; `unpack` reads it."""
    text = json.dumps([head, [len(blob) for blob in blobs]]).encode()
    return b"".join([struct.pack(">I", len(text)), text, *blobs])


def unpack(answer):
    """The head and the binary parts of a packed answer. Raises Refused("broken")."""
    try:
        end = 4 + struct.unpack(">I", answer[:4])[0]
        head, sizes = json.loads(answer[4:end])
        blobs = []
        for size in sizes:
            blobs.append(answer[end : end + size])
            end += size
    except (struct.error, ValueError, TypeError) as error:
        raise Unworkable("broken") from error
    if end != len(answer):
        raise Unworkable("broken")
    return head, blobs
