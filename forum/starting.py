"""How the commands begin: what stands against one is said in a sentence."""

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

WHERE = "--traceback"


def main(arguments):
    """Run a command; where its surroundings fail it, say so and exit with 1."""
    try:
        execute_from_command_line(arguments)
    except (ImproperlyConfigured, DatabaseError, OSError) as trouble:
        if WHERE in arguments:
            raise
        sys.exit(f"{sentence(trouble)} ({WHERE} shows where.)")


def sentence(trouble):
    """Return what went wrong as one line."""
    words = next(iter(str(trouble).splitlines()), "")
    if isinstance(trouble, DatabaseError):
        return f"The database does not do its part: {words.removesuffix('.')}."
    if isinstance(trouble, OSError):
        return f"{': '.join(filter(None, [trouble.strerror or words, trouble.filename]))}."
    return words
