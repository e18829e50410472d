from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from qrcode import make
from qrcode.image.svg import SvgPathFillImage

from accounts.codes import SealedCode, remember
from accounts.mail import post, post_code
from accounts.models import User
from accounts.ration import ration
from forum.lib.web.throttle import TooMany, note, prefix

FIVE_MINUTES = 5 * 60  # allauth's own
LETTERS = {"unknown_account": "no_account", "account_already_exists": "address_taken"}
CODES = {  # the letter, and how long its code is good
    "login_code": ("login_code", settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    "password_reset_code": ("password_code", settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT),
    "email_confirmation": ("address_code", settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT),
    "email_confirmation_signup": ("address_code", settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT),
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
    "incorrect_code": "This is not the code in our mail.",
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

    def generate_login_code(self):
        return SealedCode(super().generate_login_code())

    def generate_password_reset_code(self):
        return SealedCode(super().generate_password_reset_code())

    def generate_email_verification_code(self):
        return SealedCode(super().generate_email_verification_code())

    def send_mail(self, template_prefix, email, context):
        event = template_prefix.rpartition("/")[2]
        if event in CHANGES:
            change = CHANGES[event].format_map(context)
            post("changed", email, {"change": change, "vouched": change, "at": context["timestamp"]})
            return
        ration(self.request, email)
        if event in CODES:
            template, seconds = CODES[event]
            digits = context["code"].digits
            remember(email, digits)
            post_code(email, digits, seconds // 60, template)
        else:
            post(LETTERS[event], email, {"email": email})

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note(request, TooMany(FIVE_MINUTES))
            raise

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count wrong passwords by network: a stranger's close no door to the owner of the address elsewhere."""
        return f"{prefix(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"

    def confirm_email(self, request, email_address):
        """Whoever proves an address that only an invitation has held so far is the person invited."""
        person, invited = email_address.user, User.objects.filter(email=email_address.email, is_invited=True).first()
        if invited and invited != person:
            person.take_over(invited)
            person.emailaddress_set.filter(email=email_address.email).exclude(pk=email_address.pk).delete()
        return super().confirm_email(request, email_address)

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
