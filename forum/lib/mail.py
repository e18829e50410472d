"""Letters to people: one text template each, a subject on its first line, wrapped in one HTML layout."""

import secrets
import time
from email import message_from_bytes, policy
from email.utils import make_msgid, parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils.encoding import punycode

from forum.lib.text.links import unpressable
from forum.lib.text.prose import paragraphs

KEPT_MAILS = 500


def compose(template, context, *, to, reply_to="", headers=None):
    """Return the letter `mail/<template>.txt`, e.g. "accounts/code", ready to be sent or kept.

    `to` is one address. The template's first line is `Subject: …`; `site_url` and `site_name` are there for it.
    Of the addresses in it only ours can be pressed, and those that also stand in the words of the desk or of the
    reader which the context calls `vouched`: nobody may mail links through us by typing a title or a name.
    """
    context = {"site_url": settings.SITE_URL, "site_name": parseaddr(settings.DEFAULT_FROM_EMAIL)[0], **context}
    source = Engine.get_default().get_template(f"mail/{template}.txt")
    subject, _, text = source.render(Context(context, autoescape=False)).lstrip().partition("\n")
    ours, vouched = context["site_url"], f"{context.get('vouched', '')} {to} {context['site_name']}"
    subject = unpressable(" ".join(subject.removeprefix("Subject:").split()), ours=ours, vouched=vouched)
    text = unpressable(text.strip(), ours=ours, vouched=vouched) + "\n"
    message = EmailMultiAlternatives(
        subject,
        text,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
    message.attach_alternative(html_of(subject, text), "text/html")
    return message


def message_id():
    """Return a new name by which mail programs know one letter, however often it arrives."""
    return make_msgid(domain=punycode(urlsplit(settings.SITE_URL).hostname))


def html_of(subject, text):
    """The same letter as HTML: its paragraphs, links made clickable, in the layout."""
    context = {
        "subject": subject,
        "paragraphs": paragraphs(text),
        "site_url": settings.SITE_URL,
        "site_name": parseaddr(settings.DEFAULT_FROM_EMAIL)[0],
    }
    return render_to_string("mail/layout.html", context)


class KeptMail(BaseEmailBackend):
    """Keeps each mail as a file instead of sending it; the newest 500 stay."""

    def send_messages(self, email_messages):
        folder = kept_folder()
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
            half = folder / f"{name}.part"
            half.write_bytes(message.message().as_bytes())
            half.rename(folder / f"{name}.eml")
        for old in _files()[KEPT_MAILS:]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def kept_folder():
    """Where kept mails lie."""
    return Path(settings.VAR_DIR) / "mail"


def kept_mails(most=KEPT_MAILS):
    """The newest kept mails, newest first, as pairs of a name and a parsed message."""
    return [(file.stem, _read(file)) for file in _files()[:most]]


def kept_mail(name):
    """One kept mail by its name, or None."""
    file = kept_folder() / f"{name}.eml"
    return _read(file) if file in _files() else None


def _files():
    return sorted(kept_folder().glob("*.eml"), reverse=True)


def _read(file):
    return message_from_bytes(file.read_bytes(), policy=policy.default)
