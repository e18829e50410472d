"""Programs that score a text, as a site may name one in its settings."""

from comments.screening import Unscored


def by_shouting(text):
    """Return how much of a text is in capitals."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters)


def that_cannot_tell(text):
    """Find no answer."""
    raise Unscored("The scorer is away.")
