from django import forms

from forum.lib.forms import Address, GuardedForm


class JoinForm(GuardedForm, forms.Form):
    """An address for the mailing list."""

    email = Address(
        label="Your e-mail address",
        help_text="We send one message with a link. You are on the list once you press the button behind it.",
    )
