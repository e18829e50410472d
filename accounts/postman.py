"""The postman, who takes to the mail server what is due: one connection a round, one letter after another.

A letter is in hand for half a minute at most (`forum.lib.smtp.LETTER`) and claimed for longer (`LEASE`): no second
postman takes it meanwhile, and what a killed one had in hand is taken up soon. Where one was killed between the
server's yes and our writing it down, the letter goes out twice, both times under the Message-ID by which mail programs
know it.
"""

import logging

from django.core.mail import get_connection
from django.db import transaction

from accounts.addressing import Nobody, find
from accounts.mail import where_answers_go, write
from accounts.models import Delivery
from forum.lib.smtp import Cause

MOST_UNANSWERED = 2  # letters in a row without an answer, before the server counts as away

logger = logging.getLogger(__name__)


def send_due(until=lambda: False):
    """Send what is due until nothing is, the mail server is away, or `until` says so."""
    if Delivery.objects.due().exists():
        Round().go(until)


class Round:
    """One way to the mail server. Where it is away nobody's letter is to blame, and all that is due is put off."""

    def __init__(self):
        self.connection = get_connection()
        self.sent, self.unanswered, self.is_over = 0, 0, False

    def go(self, until):
        try:
            while not (self.is_over or until()) and (delivery := Delivery.objects.next_due()):
                if self._reaches_the_server() and delivery.claim():
                    self._carry(delivery)
        finally:
            self.connection.close()

    def _reaches_the_server(self):
        try:
            self.connection.open()
        except (OSError, ValueError) as error:
            cause = Cause.of(error, self.connection)
            self._end(cause, cause.words)
        return not self.is_over

    def _carry(self, delivery):
        try:
            to = find(delivery.whom)
            delivery.readdress(to, where_answers_go(delivery.answers, to))
            self.connection.send_messages([delivery.message()])
        except Nobody as gone:
            _pass_on(delivery, gone)
        except (OSError, ValueError) as error:
            self._bring_back(delivery, Cause.of(error, self.connection))
        else:
            delivery.sent()
            self.sent, self.unanswered = self.sent + 1, 0

    def _bring_back(self, delivery, cause):
        """Keep a letter that the server did not take, and see whether it is the letter's fault or the server's."""
        said = cause.short if delivery.in_confidence else cause.words
        (delivery.failed if cause.is_final else delivery.put_off)(said)
        logger.warning("Letter %s (%s) was not sent: %s", delivery.pk, delivery.about, cause.short)
        self.connection.close()
        self.unanswered = 0 if cause.is_answer else self.unanswered + 1
        if cause.is_goodbye or self.unanswered == MOST_UNANSWERED:
            self._end(cause, cause.short)  # whom it named is no business of the other letters

    def _end(self, cause, said):
        """End the round; where the server took nothing at all, nothing else is tried for a while either."""
        self.is_over = True
        self.connection.close()
        if not self.sent:
            waiting = Delivery.objects.due().put_off(said)
            logger.warning("%s; letters put off: %s", cause.short, waiting)


@transaction.atomic
def _pass_on(delivery, gone):
    """Keep a letter that has lost its reader, and tell others that something waits, but not in which words."""
    delivery.drop(gone)
    for number, whom in enumerate(gone.instead):
        write(f"{delivery.key}:{number}", "accounts/waits_at_the_desk", {"path": gone.path}, to=whom)
