from django.core.management.base import BaseCommand, CommandError

from forum.clock import tick


class Command(BaseCommand):
    """The clock alone, once: the loops behind the pages run it every minute (`forum.background`)."""

    help = "Let everything that has come due happen."

    def handle(self, **options):
        if failed := tick():
            raise CommandError(f"Failed: {', '.join(failed)}. Everything else was done.")
