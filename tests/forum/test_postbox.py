import pytest
from django.core.mail import EmailMessage, get_connection

pytestmark = pytest.mark.django_db


def send(subject, text="Hello"):
    backend = get_connection("forum.lib.mail.KeptMail")
    backend.send_messages([EmailMessage(subject, text, "forum@example.org", ["sami@example.org"])])


def test_an_empty_postbox_says_so(client):
    assert "No mail yet" in client.get("/demo/mail/").content.decode()


def test_mail_is_listed_newest_first_and_opens(client):
    send("First")
    send("Second & last", "Go to http://127.0.0.1:8000/submissions/ now.\n\n<b>not bold</b>")
    page = client.get("/demo/mail/")
    text = page.content.decode()
    assert text.index("Second &amp; last") < text.index("First")
    assert page["Cache-Control"] == "no-store"
    address = text.split('href="/demo/mail/')[1].split('"')[0]
    letter = client.get(f"/demo/mail/{address}").content.decode()
    assert '<a href="http://127.0.0.1:8000/submissions/"' in letter
    assert "<b>not bold" not in letter


def test_there_is_no_other_file_to_read(client):
    assert client.get("/demo/mail/secret/").status_code == 404
