from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from alerts.workflow import SUBSCRIPTION
from articles.workflow import ARTICLE, MESSAGE, SAFETY, SUBMISSION
from comments.workflow import APPEAL, COMMENT, REPORT_CASE, SANCTION, WORD_LIST

MACHINES = [SUBMISSION, ARTICLE, MESSAGE, SAFETY, COMMENT, REPORT_CASE, APPEAL, SANCTION, WORD_LIST, SUBSCRIPTION]
PAGE = Path(settings.BASE_DIR) / "docs" / "workflow.md"
HEAD = """# Workflow

Every state a thing can be in, and every move between them. This page is made from the move tables by
`python manage.py workflow`; a test fails when the two differ.
"""


def page():
    """Return the text of docs/workflow.md."""
    return HEAD + "".join(section(machine) for machine in MACHINES)


def section(machine):
    """Return one machine: its states, then its moves."""
    states = ", ".join(f"`{name}` ({label})" for name, label in machine.choices)
    rows = "".join(row(verb, move) for verb, move in machine.moves.items())
    return (
        f"\n## {machine.name}\n\nStates: {states}.\n\n"
        "| verb | button | from | to | who | unless | tells |\n|---|---|---|---|---|---|---|\n" + rows
    )


def row(verb, move):
    """Return one move as a row of the table."""
    cells = [
        f"`{verb}`",
        move.label,
        ", ".join(move.sources).strip() or "(new)",
        move.target,
        move.who.__name__,
        ", ".join(guard.__name__ for guard in move.unless),
        ", ".join(move.tells) + (", after a while" if move.waits else ""),
    ]
    return "| " + " | ".join(cell.replace("_", " ") if cell[:1] != "`" else cell for cell in cells) + " |\n"


class Command(BaseCommand):
    """Writes docs/workflow.md from the move tables."""

    help = __doc__

    def handle(self, *args, **options):
        PAGE.write_text(page(), encoding="utf-8")
