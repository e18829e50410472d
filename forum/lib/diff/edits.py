"""Edits of long sequences: a good one in bounded time, moved to where a reader would put it."""

from bisect import bisect_left
from collections import Counter

from rapidfuzz.distance import Indel

MOST_CHANGES = 1_200
MOST_CHANGES_BETWEEN = 250
MOST_PAIRS = 500_000_000  # of an item of one and an item of the other: each takes a bit, so 62 MB
_RUN = 3  # so many items in a row, found once in each sequence, hold the two together
_FARTHEST = 300


def shortest_edit(old, new, most_changes):
    """The steps from old to new as (kind, i, j), kind one of "=", "-", "+", or None when they are too many.

    i and j are places in old and new. Deletions come before the insertions that replace them.
    """
    most = max(most_changes, abs(len(old) - len(new)))  # adding alone, or taking out alone, is never too much
    if len(old) * len(new) > MOST_PAIRS or Indel.distance(new, old, score_cutoff=most) > most:
        return None
    steps, i, j = [], 0, 0
    for kept in Indel.editops(new, old).as_matching_blocks():  # asked this way round, it takes out as early as it can
        steps += [("-", gone, j) for gone in range(i, kept.b)]
        steps += [("+", kept.b, come) for come in range(j, kept.a)]
        steps += [("=", kept.b + n, kept.a + n) for n in range(kept.size)]
        i, j = kept.b + kept.size, kept.a + kept.size
    return steps


def edit(old, new):
    """The shortest edit; of very different sequences, one that keeps the stretches found once in both."""
    steps = shortest_edit(old, new, MOST_CHANGES)
    if steps is not None:
        return steps
    found, i, j = [], 0, 0
    for i_kept, j_kept in [*_anchors(old, new), (len(old), len(new))]:
        found += _between(old, new, (i, i_kept), (j, j_kept))
        if i_kept < len(old):
            found.append(("=", i_kept, j_kept))
        i, j = i_kept + 1, j_kept + 1
    return found


def _between(old, new, olds, news):
    steps = shortest_edit(old[slice(*olds)], new[slice(*news)], MOST_CHANGES_BETWEEN)
    if steps is None:
        return [*(("-", i, news[0]) for i in range(*olds)), *(("+", olds[1], j) for j in range(*news))]
    return [(kind, olds[0] + i, news[0] + j) for kind, i, j in steps]


def _anchors(old, new):
    """Places that belong together, rising in both: the longest such chain (patience sorting)."""
    olds, news = _unique_runs(old), _unique_runs(new)
    pairs = sorted((i, news[run]) for run, i in olds.items() if run in news)
    tails, places, before = [], [], {}
    for i, j in pairs:
        at = bisect_left(tails, j)
        tails[at : at + 1], places[at : at + 1] = [j], [(i, j)]
        before[i, j] = places[at - 1] if at else None
    chain, pair = [], places[-1] if places else None
    while pair:
        chain.append(pair)
        pair = before[pair]
    return chain[::-1]


def _unique_runs(row):
    runs = [tuple(row[i : i + _RUN]) for i in range(len(row) - _RUN + 1)]
    counts = Counter(runs)
    return {run: i for i, run in enumerate(runs) if counts[run] == 1}


def slid(steps, old, new, starts):
    """The same edit, each lone run of deletions or insertions moved up if that lets it begin with a start.

    An edit may take out "b, item" or "item, b" of "item, b, item, c": the second is what was done.
    """
    steps, at = list(steps), 0
    while at < len(steps):
        kind, end = steps[at][0], at
        while end < len(steps) and steps[end][0] == kind:
            end += 1
        lone = kind != "=" and (end == len(steps) or steps[end][0] == "=")
        shift = _shift(steps, at, end, old if kind == "-" else new, starts) if lone else 0
        if shift:
            steps[at - shift : end] = _moved(kind, steps[at - shift : at], steps[at:end])
        at = end
    return steps


def _shift(steps, at, end, row, starts):
    """How many places up a run begins with a start; 0 where none is, or where it stands well already."""
    side = 1 if steps[at][0] == "-" else 2
    first, last = steps[at][side], steps[end - 1][side]
    for shift in range(min(at, _FARTHEST) + 1):
        if row[first - shift] in starts:
            return shift
        above = steps[at - shift - 1]
        if at == shift or above[0] != "=" or row[first - shift - 1] != row[last - shift]:
            return 0
    return 0


def _moved(kind, kept, run):
    i, j = kept[0][1:]
    size, shift = len(run), len(kept)
    if kind == "-":
        return [*(("-", i + n, j) for n in range(size)), *(("=", i + size + n, j + n) for n in range(shift))]
    return [*(("+", i, j + n) for n in range(size)), *(("=", i + n, j + size + n) for n in range(shift))]
