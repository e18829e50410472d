import pytest
from django.core.mail import get_connection

from forum.lib.mail import KEPT_MAILS, compose, kept_folder, kept_mail, kept_mails

TEMPLATE = "Subject: {{ title }}\n\nDear {{ name }},\n\nread {{ site_url }}/here.\n"


@pytest.fixture(autouse=True)
def _template(settings, tmp_path):
    """A letter of our own beside the site's."""
    folder = tmp_path / "templates" / "mail" / "test"
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text(TEMPLATE)
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], tmp_path / "templates"]}]


def a_letter(title="Your piece", name="Sami", **more):
    return compose("test/letter", {"title": title, "name": name}, to="sami@example.org", **more)


def keep(message):
    get_connection("forum.lib.mail.KeptMail").send_messages([message])


def test_the_first_line_is_the_subject_and_the_rest_the_text(settings):
    letter = a_letter()
    assert letter.subject == "Your piece"
    assert letter.body == f"Dear Sami,\n\nread {settings.SITE_URL}/here.\n"
    assert letter.to == ["sami@example.org"]


def test_text_is_not_escaped_and_html_is():
    letter = a_letter(title="War & peace", name="<b>Sami</b>")
    html = letter.alternatives[0].content
    assert letter.subject == "War & peace"
    assert "<b>Sami</b>" in letter.body
    assert "<b>Sami" not in html
    assert "&lt;b&gt;Sami" in html


def test_links_are_links_in_html(settings):
    assert f'href="{settings.SITE_URL}/here' in a_letter().alternatives[0].content


def test_a_title_cannot_add_headers():
    letter = a_letter(title="Your piece\nBcc: everyone@example.org")
    assert letter.subject == "Your piece"
    assert letter.message()["Bcc"] is None


def test_answers_go_to_the_editor_and_machines_stay_silent():
    letter = a_letter(reply_to="edith@example.org", headers={"List-Unsubscribe": "<https://x.example>"})
    message = letter.message()
    assert message["Reply-To"] == "edith@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://x.example>"


def test_kept_mail_is_read_back_newest_first():
    keep(a_letter(title="First"))
    keep(a_letter(title="Überraschung"))
    assert [message["Subject"] for _, message in kept_mails()] == ["Überraschung", "First"]
    name, _ = kept_mails()[0]
    assert kept_mail(name)["To"] == "sami@example.org"


@pytest.mark.parametrize("name", ["nothing", "../../secret", ""])
def test_only_kept_mail_is_read(name):
    keep(a_letter())
    assert kept_mail(name) is None


def test_the_newest_five_hundred_stay():
    kept_folder().mkdir(parents=True)
    for number in range(KEPT_MAILS):
        (kept_folder() / f"{number:020}-old.eml").write_bytes(b"Subject: old\n\n")
    keep(a_letter(title="New"))
    names = sorted(file.name for file in kept_folder().iterdir())
    assert len(names) == KEPT_MAILS
    assert names[0] == f"{1:020}-old.eml"
