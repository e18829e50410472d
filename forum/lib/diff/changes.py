"""Every change between two texts by itself: shown in its sentence, and taken or left.

A change is a stretch of the edit that `diff` finds. Where it takes in or puts out whole elements and words alone,
just these are left out or put back. Where it divides, joins or rearranges elements, the blocks it touches are
one change, so that what comes out is in good order whatever was taken and left.
"""

from collections import Counter
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString

from forum.lib.diff import compare
from forum.lib.text.prose import clean, finished, normalise
from forum.lib.text.tree import VOID, is_footnote, open_tag

NEAR = 2  # words that stay between two changes and do not divide them
CONTEXT = 30  # tokens shown on each side at most
SENTENCE_ENDS = {".", "!", "?", ";"}


@dataclass(frozen=True)
class Change:
    """One change: its number, its sentence with ins and del, and how many words it adds and removes."""

    number: int
    html: SafeString
    added: int
    removed: int


def changes(old, new):
    """What changed between two cleaned bodies, numbered from 1."""
    return Comparison.of_bodies(old, new).changes()


def applied(old, new, left):
    """The new body with the changes numbered in `left` undone, cleaned."""
    comparison = Comparison.of_bodies(old, new)
    if not left:
        return clean(new)
    return clean(old) if left >= comparison.numbers else clean(comparison.html(left))


class Comparison:
    """The edit from one row of tokens to another, in stretches that can be taken or left one by one."""

    def __init__(self, before, after, first=1):
        self.before, self.after, self.first = before, after, first
        self.steps = compare.steps_between(before, after)
        self.same = compare.same_elements(before, after, self.steps)
        self.stretches = _Stretches(before, after, self.steps).found()

    @classmethod
    def of_bodies(cls, old, new, first=1):
        """Compare two bodies."""
        return cls(compare.tokens(clean(old)), compare.tokens(clean(new)), first)

    @classmethod
    def of_lines(cls, old, new, first=1):
        """Compare two plain lines, such as titles."""
        return cls(compare.tokens(escape(old, quote=False)), compare.tokens(escape(new, quote=False)), first)

    @property
    def marked(self):
        """All of the new text with what was added in ins and what was removed in del, as safe HTML."""
        return finished(compare.written(self.before, self.after, self.steps, self.same))

    @property
    def numbers(self):
        return set(range(self.first, self.first + len(self.stretches)))

    def changes(self):
        """Every change in its sentence."""
        return [self._change(n, start, end) for n, (start, end, _) in enumerate(self.stretches, self.first)]

    def _change(self, number, start, end):
        steps = self.steps[start:end]
        above, below = self._context(start, -1), self._context(end, 1)
        html = compare.written(self.before, self.after, [*above, *steps, *below], self.same)
        return Change(number, finished(html.strip()), *compare.counted(self.before, self.after, steps))

    def _context(self, at, direction):
        """What stands beside a change in its sentence, as the new text has it."""
        found = []
        for kind, i, j in self.steps[at:] if direction > 0 else reversed(self.steps[:at]):
            token = self.before[i] if kind == "-" else self.after[j]
            is_edge = not token.text or (direction < 0 and token.text in SENTENCE_ENDS)
            if len(found) == CONTEXT or is_edge:
                break
            found += [("=", i, j)] if kind != "-" else []
            if token.text in SENTENCE_ENDS:
                break
        return found[::direction]

    def line(self, left):
        """The new line with these changes undone."""
        return normalise("".join(token.gap + token.text for token, _ in self._kept(left)))

    def html(self, left):
        """The new body with these changes undone, still to be cleaned."""
        writer = _BodyWriter()
        for token, path in self._kept(left):
            writer.write(token, path)
        writer.go_to(())
        return "".join(writer.parts)

    def _kept(self, left):
        """The tokens of the text in which some changes are undone, each with the elements around it."""
        at, was_left = 0, False
        for number, (start, end, in_blocks) in enumerate(self.stretches, self.first):
            yield from self._chosen(at, start, "+", after_old=was_left)
            was_left = number in left
            yield from self._chosen(start, end, "-" if was_left else "+", in_blocks=in_blocks)
            at = end
        yield from self._chosen(at, len(self.steps), "+", after_old=was_left)

    def _chosen(self, start, end, side, *, in_blocks=False, after_old=False):
        """The tokens of a stretch as one side has them; blocks that are put back keep none of the new elements.

        What stayed keeps the space it had before it on the side that stands there (`after_old`: at its beginning).
        """
        put_back = in_blocks and side == "-"
        for at, (kind, i, j) in enumerate(self.steps[start:end]):
            if kind not in ("=", side):
                continue
            if put_back or kind == "-":
                token = self.before[i]
                yield token, compare.translated(token.path, {} if put_back else self.same)
            elif kind == "=" and (side == "-" or (after_old and at == 0)):
                yield replace(self.after[j], gap=self.before[i].gap), self.after[j].path
            else:
                yield self.after[j], self.after[j].path


class _Stretches:
    """Finds the stretches of an edit, as (start, end, whether whole blocks are exchanged)."""

    def __init__(self, before, after, steps):
        self.before, self.after, self.steps = before, after, steps
        self.sizes = {"-": _sizes(before), "+": _sizes(after)}
        self.cuts = self._cuts()

    def found(self):
        """All of them in order; stretches that meet in a block are one."""
        found = []
        for run in self._runs():
            start, end, in_blocks = self._settled(*run)
            while found and found[-1][1] > start:
                other = found.pop()
                start, end, in_blocks = self._widened(min(start, other[0]), max(end, other[1]))
            found.append((start, end, in_blocks))
        return found

    def _runs(self):
        """The stretches of deletions and insertions, with what hardly divides them."""
        runs = []
        for at, (kind, _, _) in enumerate(self.steps):
            if kind == "=":
                continue
            if runs and self._is_near(runs[-1][1], at):
                runs[-1][1] = at + 1
            else:
                runs.append([at, at + 1])
        return runs

    def _is_near(self, end, at):
        between = [self.after[j].text for _, _, j in self.steps[end:at]]
        return len(between) <= NEAR and all(text and text not in SENTENCE_ENDS for text in between)

    def _settled(self, start, end):
        return (start, end, False) if self._is_whole(start, end) else self._widened(start, end)

    def _is_whole(self, start, end):
        """Whether every element that begins in a stretch also ends in it, on one side."""
        for side, row in (("-", self.before), ("+", self.after)):
            inside = [row[j if side == "+" else i] for kind, i, j in self.steps[start:end] if kind == side]
            begun = {token.path[-1][0] for token in inside if not token.text}
            counts = _sizes(inside)
            if any(counts[number] != self.sizes[side][number] for number in begun):
                return False
        return True

    def _widened(self, start, end):
        """The blocks around a stretch, in both texts."""
        return (
            max(cut for cut in self.cuts if cut <= start),
            min(cut for cut in self.cuts if cut >= end),
            True,
        )

    def _cuts(self):
        """The places in the edit at which a block begins in both texts, and both ends."""
        begins = [_begins(self.before), _begins(self.after)]
        cuts, i, j = [], 0, 0
        for at, (kind, _, _) in enumerate(self.steps):
            if i in begins[0] and j in begins[1]:
                cuts.append(at)
            i, j = i + (kind != "+"), j + (kind != "-")
        return [0, *cuts, len(self.steps)]


def _sizes(row):
    """How many tokens stand in each element."""
    return Counter(number for token in row for number, _ in token.path)


def _begins(row):
    """The places at which a block begins, and the end."""
    blocks = [token.path[0][0] if token.path else 0 for token in row]
    changed = {at for at, (one, other) in enumerate(pairwise(blocks), 1) if one != other}
    return {0, len(row), *changed}


class _BodyWriter:
    """Writes tokens with all that stands around them, as a body is kept."""

    def __init__(self):
        self.parts, self.path = [], ()

    def write(self, token, path):
        """Write one token: a word, or the beginning of an element."""
        if not token.text and path[-1][1].tag in VOID:
            self.go_to(path[:-1], token.gap)
            self.parts.append(f"<{path[-1][1].tag}>")
            return
        again = not token.text and is_footnote(path[-1][1]) and self.path[: len(path)] == path
        self.go_to(path[:-1] if again else path, token.gap)
        self.go_to(path)
        self.parts.append("" if token.is_picture else escape(token.text, quote=False))

    def go_to(self, path, gap=""):
        """Close and open elements until these are open."""
        shared = 0
        while shared < min(len(path), len(self.path)) and path[shared][0] == self.path[shared][0]:
            shared += 1
        self.parts += [f"</{node.tag}>" for _, node in reversed(self.path[shared:])]
        self.parts += [gap, *(open_tag(node) for _, node in path[shared:])]
        self.path = path
