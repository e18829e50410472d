import logging
import os
import signal
from contextlib import suppress

from django.core.management.base import BaseCommand

from forum.background import Background

PATIENCE = 20  # seconds for what is in hand; what takes longer is taken up again by another process


class Command(BaseCommand):
    """For sites whose web processes have BACKGROUND=0; several may run, on several machines."""

    help = "Do the work behind the pages (mail, pictures, the clock) until told to stop."

    def handle(self, **options):
        background = Background()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            background.start()
            while True:
                signal.pause()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_IGN)
        background.stop(PATIENCE)
        logging.shutdown()
        os._exit(0)  # a thread still at work can hang the interpreter's own farewell
