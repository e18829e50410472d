from django.core.management.base import BaseCommand

from forum.clock import tick


class Command(BaseCommand):
    """Run every minute from cron or a timer, unless a web process does it (BACKGROUND=1)."""

    help = "Let everything that has come due happen."

    def handle(self, **options):
        tick()
