"""The field in which co-authors are named, one in a line."""

from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from accounts import names
from forum.lib.forms import LONGEST_ADDRESS, Lines
from forum.lib.text.characters import without_unseen
from forum.lib.text.lookalikes import unreadable

MOST = 8
LONGEST_NAME = 120


class CoAuthorsField(Lines):
    """People by the name to be printed and the address, one on each line; means pairs of the two."""

    def __init__(self, **kwargs):
        help_text = (
            "One on each line: the name as printed, then the e-mail address. Once you send it in, we ask "
            "each of them by mail, and say that you named her, with your name and address. Nothing is printed before "
            "all of them have agreed and approved the exact text. Readers and other authors are not shown the address."
        )
        super().__init__(required=False, max_length=4_000, help_text=help_text, **kwargs)

    def clean(self, value):
        named = [_pair(line) for line in super().clean(value).splitlines() if line.strip()]
        if len({email for _, email in named}) < len(named):
            raise ValidationError("Two of them have the same address. Each needs her own, to approve the text.")
        if len(named) > MOST:
            raise ValidationError(f"A piece has at most {MOST} co-authors here. Write to the editors about more.")
        return named


def as_lines(bylines):
    """Return named co-authors as they are typed."""
    return "\n".join(f"{byline.name} {byline.email}" for byline in bylines if byline.email)


def _pair(line):
    name, _, address = line.strip().rpartition(" ")
    email = (parseaddr(address)[1] or address).strip("<>,;").lower()
    name = " ".join(without_unseen(name).strip(" ,;").split())
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_ADDRESS)(email)
    except ValidationError:
        raise ValidationError(f"“{line.strip()}”: write the name and then the e-mail address.") from None
    if name and (complaint := unreadable(name) or (names.is_of_the_house(name) and names.TAKEN)):
        raise ValidationError(f"“{line.strip()}”: {complaint}")
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError(f"“{line.strip()}”: write the name as it should be printed, then the address.")
    return name, email
