from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from qrcode import make
from qrcode.image.svg import SvgPathFillImage

from accounts.mail import post

LETTERS = {
    "login_code": "login_code",
    "password_reset_code": "password_code",
    "email_confirmation": "address_code",
    "email_confirmation_signup": "address_code",
    "unknown_account": "no_account",
    "account_already_exists": "address_taken",
}
CHANGES = {
    "email_changed": "The e-mail address of your account is now {to_email}; it was {from_email}.",
    "password_changed": "Your password was changed.",
    "password_reset": "Your password was replaced by a new one, after a code sent to this address.",
    "password_set": "Your account now has a password.",
    "recovery_codes_generated": "New recovery codes were made for your account. The old ones are void.",
    "totp_activated": "An authenticator app now protects your account.",
    "totp_deactivated": "The authenticator app no longer protects your account.",
    "webauthn_added": "A passkey or security key was added to your account.",
    "webauthn_removed": "A passkey or security key was removed from your account.",
}
SENTENCES = {
    "account_inactive": "This account is closed.",
    "email_password_mismatch": "This address and this password do not belong together.",
    "enter_current_password": "This is not your present password.",
    "incorrect_code": "This is not the code we sent.",
    "incorrect_password": "This is not your password.",
    "rate_limited": "That was too often. Wait a minute, then try again.",
    "same_as_current": "This is the address you have now.",
    "too_many_login_attempts": "Those were too many attempts. Try again in five minutes.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Where allauth meets this site: its letters, its words, and no sign-up but our own."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SENTENCES}

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        event = template_prefix.rpartition("/")[2]
        if event in CHANGES:
            change = CHANGES[event].format_map(context)
            post("changed", email, {"change": change, "at": context["timestamp"]})
        else:
            post(LETTERS[event], email, {"code": context.get("code", ""), "email": email})

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if template_prefix.rpartition("/")[2] in CHANGES:
            super().send_notification_mail(template_prefix, user, context, email)

    def get_login_redirect_url(self, request):
        """Staff begin at the desk, everybody else with their own pieces."""
        return "/admin/" if request.user.is_staff else settings.LOGIN_REDIRECT_URL


class SecondFactorAdapter(DefaultMFAAdapter):
    """A picture for the app that can be read on a dark page too."""

    def build_totp_svg(self, url):
        return make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
