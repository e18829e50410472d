from articles.forms.desk.guests import GuestForm
from forum.lib.forms import Address


class AppealGuestForm(GuestForm):
    """Who is asked to decide about an objection."""

    email = Address(
        label="E-mail address",
        help_text="A personal link is sent to it. Neither the writer nor whoever objected is told it.",
    )
