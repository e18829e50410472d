"""The part of a discussion that counts what became of its comments."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """What became of the comments that ever stood in a discussion; `removed` is (number, word) for each rule."""

    shown: int
    removed: list[tuple[int, str]]
    restored: int

    @classmethod
    def of(cls, shown, rows):
        """Make it from `tallied` rows; the versions of a rule count as one, in the words of the newest."""
        numbers, words, restored = {}, {}, 0
        for slug, one, many, gone, back in rows:
            restored += back
            if gone:
                numbers[slug] = numbers.get(slug, 0) + gone
                words[slug] = (one, many)
        return cls(shown, [(number, words[slug][number != 1]) for slug, number in numbers.items()], restored)

    @property
    def total(self):
        """Return how many were removed in all."""
        return sum(number for number, _ in self.removed)
