"""The shortest way from one sequence to another: Eugene Myers, An O(ND) Difference Algorithm, 1986."""

from array import array

MOST_STEPS = 1_500_000  # about a second


def shortest_edit(old, new, most_changes):
    """The steps from old to new as (kind, i, j), kind one of "=", "-", "+", or None when they are too many.

    i and j are places in old and new. Deletions come before the insertions that replace them.
    """
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end], most_changes)
    if middle is None:
        return None
    steps = [("=", i, i) for i in range(start)]
    steps += [(kind, i + start, j + start) for kind, i, j in middle]
    return steps + [("=", len(old) - k, len(new) - k) for k in range(end, 0, -1)]


def _middle(old, new, most_changes):
    if not old or not new:
        return [("-", i, 0) for i in range(len(old))] + [("+", len(old), j) for j in range(len(new))]
    rounds = _explored(old, new, most_changes)
    return None if rounds is None else _walked_back(rounds, len(old), len(new))


def _explored(old, new, most_changes):
    """For each number of changes, how far in old every diagonal got before it; None when it takes too long.

    Diagonal k stands at place k + changes + 1 of its round.
    """
    most = min(len(old) + len(new), most_changes)
    reach, rounds, steps = array("i", bytes(4 * (2 * most + 3))), [], 0
    for changes in range(most + 1):
        rounds.append(reach[most - changes : most + changes + 3])
        for k in range(-changes, changes + 1, 2):
            at = most + 1 + k
            down = k == -changes or (k != changes and reach[at - 1] < reach[at + 1])
            i = first = reach[at + 1] if down else reach[at - 1] + 1
            j = i - k
            while i < len(old) and j < len(new) and old[i] == new[j]:
                i, j = i + 1, j + 1
            steps += i - first + 1
            reach[at] = i
            if i >= len(old) and j >= len(new):
                return rounds
        if steps > MOST_STEPS:
            return None
    return None


def _walked_back(rounds, i, j):
    steps = []
    for changes in range(len(rounds) - 1, -1, -1):
        reach, k, zero = rounds[changes], i - j, changes + 1
        down = k == -changes or (k != changes and reach[zero + k - 1] < reach[zero + k + 1])
        before = k + 1 if down else k - 1
        start = reach[zero + before]
        while i > start + (not down):
            i, j = i - 1, j - 1
            steps.append(("=", i, j))
        if changes:
            i, j = start, start - before
            steps.append(("+" if down else "-", i, j))
    return _deletions_first(reversed(steps))


def _deletions_first(steps):
    found, added = [], []
    for step in steps:
        if step[0] == "+":
            added.append(step)
            continue
        if step[0] == "=":
            found += added
            added = []
        found.append(step)
    return found + added
