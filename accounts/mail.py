"""Letters about accounts, and how every letter of the site is written and posted."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.addressing import Nobody, addressee, called, find_any
from accounts.models import Delivery, User
from accounts.permissions import Rank
from forum.lib.mail import compose
from forum.lib.web.doors import lets_in
from forum.pages.models import SiteSettings


@addressee
def person(person):
    """Somebody with an account, or invited to one, as long as it is open."""
    return User.objects.reached(person) or _nobody("The account is closed.")


@addressee
def moderator(person):
    """Somebody at the desk, as long as she is of it."""
    return User.objects.of_rank(Rank.MODERATOR).reached(person) or _nobody("She is no longer at the desk.")


@addressee
def editor(person):
    """An editor, as long as she is one."""
    return User.objects.editors().reached(person) or _nobody("She is no longer an editor.")


@addressee
def managing_editor(person):
    """A managing editor, as long as she is one."""
    return User.objects.managing_editors().reached(person) or _nobody("She is no longer a managing editor.")


@addressee
def administrator(person):
    """An administrator, as long as she is one."""
    return User.objects.administrators().reached(person) or _nobody("She is no longer an administrator.")


@addressee
def desk():
    """The editors' own address."""
    return SiteSettings.get().desk or _nobody("The editors have given no address.")


@addressee
def office():
    """The address for readers."""
    return SiteSettings.get().office or _nobody("The editors have given no address.")


def _nobody(why):
    raise Nobody(why)


def write(key, template, context, *, to, answers="", headers=None, is_secret=False, **waiting):
    """Write the letter `mail/<template>.txt` and post it under `key`; return the delivery.

    `to` and `answers`, of which there may be several in their order, are addressees (`accounts.addressing`), asked for
    now, for whoever looks at the letter before it leaves, and again when it leaves. `waiting` says how long it waits,
    about what, and until when it is of use, as `Delivery.post` wants it. A letter with a link that lets in whoever has
    it is a secret without being called one. What was written under `key` before is not written again.
    """
    if known := Delivery.objects.filter(key=key).first():
        return known
    address = find_any(to)
    message = compose(template, context, to=address, reply_to=where_answers_go(answers, address), headers=headers)
    is_secret = is_secret or lets_in(message.body, ours=settings.SITE_URL)
    return Delivery.post(key, message, whom=to, answers=answers, is_secret=is_secret, **waiting)


def where_answers_go(answers, reader):
    """Return where answers go: to the first of these addressees who is not the reader, by whichever address of hers."""
    return find_any(*answers.split(), but=User.objects.at_address(reader).addresses()) if answers else ""


def post_code(email, code, minutes, template="code"):
    """Post the six digits that prove an address; when they are too old, the letter is of no use."""
    lapses_at = timezone.now() + timedelta(minutes=minutes)
    post(template, email, {"code": code, "minutes": minutes}, lapses_at=lapses_at, is_secret=True)


def post_second_address(reader, address):
    """Post to both addresses of an account that the second one belongs to it now."""
    change = f"The address {address} belongs to the account of {reader} ({reader.email}) now, who says it is hers."
    context = {"change": change, "vouched": f"{address} {reader.email}", "at": timezone.now()}
    for to in (address, called(person, reader)):
        post("changed", to, context)


def post_reset(reader):
    """Post how to choose a new password, on an administrator's request."""
    context = {"person": reader, "path": reverse("account_reset_password")}
    post("new_password", called(person, reader), context)


def post(template, to, context, **said):
    """Post a letter that nothing but this call stands for: asked for again, it goes out again."""
    return write(f"accounts.{template}:{secrets.token_hex(12)}", f"accounts/{template}", context, to=to, **said)
