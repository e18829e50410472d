"""Rounds of asking: every page of every server once a round, in an order shuffled anew; what counts is the median."""

import sys
from dataclasses import dataclass
from random import Random
from statistics import median

from bench.load import ask
from bench.machine import since

MOST_WIDE = 40
LEAD = 0.3  # seconds before each sample, in which the threads of a server find their connections to the database again


@dataclass(frozen=True)
class Job:
    """One page of one server, and how many ask for it at once."""

    server: object
    path: str = "/"
    cookie: str = ""
    callers: int = 1
    often: int = 1  # in each round


@dataclass(frozen=True)
class Found:
    """The medians of what was found about a job."""

    rate: float
    cpu: float  # milliseconds for each answer
    p95: float  # milliseconds
    size: int

    @classmethod
    def of(cls, samples):
        """Return the medians of samples with the processor time of each."""
        return cls(
            median(sample.rate for sample, _ in samples),
            median(1000 * took / len(sample.took) for sample, took in samples),
            median(sample.slowest(95) for sample, _ in samples),
            samples[0][0].size,
        )


def found(jobs, rounds, seconds):
    """Return what was found about each job, by its name."""
    chance, samples = Random(2), {name: [] for name in jobs}
    order = [name for name, job in jobs.items() for _ in range(job.often)]
    for number in range(rounds):
        chance.shuffle(order)
        for place, name in enumerate(order):
            sample(jobs[name], LEAD)
            samples[name].append(sample(jobs[name], seconds))
            show(name, (number * len(order) + place + 1) / (rounds * len(order)))
    return {name: Found.of(rows) for name, rows in samples.items()}


def sample(job, seconds):
    """Ask for some seconds; return what came and the processor seconds that it took."""
    before = job.server.spent()
    came = ask(job.server, job.path, cookie=job.cookie, callers=job.callers, seconds=seconds)
    return came, since(before, job.server.spent())


def show(what, share):
    """Move the bar that says how far it has come."""
    done = int(share * MOST_WIDE)
    line = f"[{'#' * done}{'.' * (MOST_WIDE - done)}] {share:4.0%} {' '.join(map(str, what)) if what else ''}"
    sys.stderr.write(f"\r{line[:110]:110}" if sys.stderr.isatty() else f"{line}\n" if share == 1 else "")
    sys.stderr.flush()
