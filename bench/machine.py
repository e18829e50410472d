"""What the machine says: which processor time processes took, and what is measured on."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def spent(roots, database=""):
    """Return the processor seconds of processes, their children and PostgreSQL's for a database, each by its number."""
    rows = dict(_processes())
    counted, waiting = set(), list(roots)
    while waiting:
        pid = waiting.pop()
        if pid in rows and pid not in counted:
            counted.add(pid)
            waiting += [child for child, (parent, _) in rows.items() if parent == pid]
    if database:
        counted.update(pid for pid in rows if _serves(pid, database))
    return {pid: rows[pid][1] / TICK for pid in counted}


def since(before, after):
    """Return the processor seconds between two counts; who has ended meanwhile is left out."""
    return sum(seconds - before.get(pid, 0) for pid, seconds in after.items())


def _processes():
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (stat := _read(folder / "stat")):
            fields = stat[stat.rindex(")") + 2 :].split()
            yield int(folder.name), (int(fields[1]), sum(map(int, fields[11:15])))


def _serves(pid, database):
    """Whether a process is PostgreSQL's and works for somebody connected to this database, by its title."""
    words = _read(Path(f"/proc/{pid}/cmdline")).split()
    return words[:1] == ["postgres:"] and database in words and "worker" not in words


def _read(path):
    try:
        return path.read_text(errors="replace").rstrip("\0")
    except OSError:  # it has just ended
        return ""


def facts():
    """Return what a reader of the numbers should know about the machine, as lines."""
    memory = re.search(r"MemTotal:\s+(\d+)", _read(Path("/proc/meminfo")))
    model = re.search(r"model name\s*:\s*(.+)", _read(Path("/proc/cpuinfo")))
    size = f"{int(memory[1]) / 1024**2:.0f} GB of memory, " if memory else ""
    kind = f" ({model[1]})" if model else ""
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "gunicorn", "psycopg"))
    return [
        f"{len(os.sched_getaffinity(0))} cores{kind}, {size}{platform.system()} {platform.release().split('-')[0]}",
        f"{os.getloadavg()[0]:.1f} processes wanted a core in the minute before this was written",
        f"Python {platform.python_version()}, {packages}",
    ]
