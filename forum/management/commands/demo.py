from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from forum.demo import people
from forum.demo.load import load


class Command(BaseCommand):
    """Loads the demonstration content once and prints who can sign in."""

    help = __doc__

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demonstration runs with DEMO=1 only.")
        if not User.objects.filter(email=people.address("editor")).exists():
            self.stdout.write("Loading the demonstration content …")
            load()
        self.stdout.write("Sign in with any of these; the password is " + people.PASSWORD)
        for line in people.lines():
            self.stdout.write(line)
