from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.trial import try_mail


class Command(BaseCommand):
    """The same as *Try the mail out* among the Deliveries at the desk."""

    help = "Send one letter through the settings, and say what the mail server answered at which step."

    def add_arguments(self, parser):
        parser.add_argument("address", help="where the letter goes")

    def handle(self, address, **options):
        try:
            validate_email(address)
        except ValidationError as complaint:
            raise CommandError(f"{address} is no address.") from complaint
        trial = try_mail(address)
        for step, answer in trial.steps:
            self.stdout.write(f"{step}: {answer}")
        if not trial.went:
            raise CommandError(trial.outcome)
        self.stdout.write(trial.outcome)
