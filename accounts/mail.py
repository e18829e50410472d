"""Letters about accounts, and the post office that sends every letter of the site."""

import secrets
from smtplib import SMTPException

from django.urls import reverse

from accounts.models import Delivery
from forum.lib.mail import compose


def post_code(email, code, minutes):
    """Post the six digits that prove an address."""
    post("code", email, {"code": code, "minutes": minutes})


def post_reset(person):
    """Post how to choose a new password, on an administrator's request."""
    post("new_password", person.email, {"name": person.name, "path": reverse("account_reset_password")})


def post(template, email, context):
    """Post a letter that nothing but this call stands for: asked for again, it goes out again."""
    message = compose(f"accounts/{template}", context, to=email)
    return Delivery.post(f"accounts.{template}:{secrets.token_hex(12)}", message)


def send(delivery):
    """Try to send `delivery` once, unless it went out, is not due, or another worker has it."""
    if not delivery.claim():
        return
    try:
        delivery.message().send()
    except (SMTPException, OSError, ValueError) as error:
        delivery.failed(error)
    else:
        delivery.sent()
