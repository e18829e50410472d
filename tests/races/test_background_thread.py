from time import monotonic, sleep

from django.core.mail import EmailMultiAlternatives

from accounts.models import Delivery
from forum import background


def test_the_thread_does_the_work_and_stops_at_once(db, monkeypatch, mailoutbox):
    monkeypatch.setattr(background, "POLL", 0.05)
    thread = background.Background()
    letter = EmailMultiAlternatives("Your piece", "Dear Sami,\n", "forum@example.org", ["sami@example.org"])
    delivery = Delivery.post("accept:1", letter)
    thread.start()
    until = monotonic() + 20
    while not Delivery.objects.filter(pk=delivery.pk).exclude(sent_at=None) and monotonic() < until:
        sleep(0.05)
    began = monotonic()
    thread.stop()
    assert [mail.subject for mail in mailoutbox] == ["Your piece"]
    assert monotonic() - began < 1.5
    assert not thread.thread.is_alive()
