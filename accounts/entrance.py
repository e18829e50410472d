"""allauth's forms in this site's words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

WORDS = {
    "login": ("E-mail address", ""),
    "email": ("E-mail address", ""),
    "password": ("Password", ""),
    "oldpassword": ("Your present password", ""),
    "password1": ("New password", "At least ten characters. A short sentence is easy to remember."),
    "password2": ("The new password again", ""),
    "code": ("The six digits from the mail", ""),
    "name": ("A name for this key", "For example the device it lives on."),
    "passwordless": ("Sign in with this key alone, without address and password", ""),
}


class InOurWords:
    """Plain labels and hints, no placeholders, digits on a phone's keyboard."""

    words = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = {**WORDS, **self.words}.get(name, (field.label, field.help_text))
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"


class SignIn(InOurWords, account.LoginForm):
    pass


class AskForCode(InOurWords, account.RequestLoginCodeForm):
    pass


class SignInCode(InOurWords, account.ConfirmLoginCodeForm):
    pass


class AddressCode(InOurWords, account.ConfirmEmailVerificationCodeForm):
    pass


class NewAddress(InOurWords, account.AddEmailForm):
    words = {"email": ("New e-mail address", "We send a code to it; until then the present address stays.")}


class ResetPassword(InOurWords, account.ResetPasswordForm):
    pass


class PasswordCode(InOurWords, account.ConfirmPasswordResetCodeForm):
    pass


class ReplacePassword(InOurWords, account.ResetPasswordKeyForm):
    pass


class ChangePassword(InOurWords, account.ChangePasswordForm):
    pass


class SetPassword(InOurWords, account.SetPasswordForm):
    pass


class ConfirmPassword(InOurWords, account.ReauthenticateForm):
    pass


class SecondFactor(InOurWords, mfa.AuthenticateForm):
    words = {
        "code": (
            "The code from your app, or a recovery code",
            "Each code works once. If you have just used one, wait for the next.",
        )
    }


class ConfirmSecondFactor(InOurWords, mfa.ReauthenticateForm):
    words = SecondFactor.words


class ActivateApp(InOurWords, totp.ActivateTOTPForm):
    words = {"code": ("The six digits your app shows now", "")}


class AddKey(InOurWords, webauthn.AddWebAuthnForm):
    pass


class RenameKey(InOurWords, webauthn.EditWebAuthnForm):
    pass
