"""allauth's forms in this site's words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from accounts.codes import opened
from accounts.models import User
from forum.lib.forms import LONGEST_ADDRESS

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


LONGEST_ANSWER = 20_000  # letters; a key says a tenth of that
UNREADABLE = "Your key’s answer could not be read. Try once more."


class InOurWords:
    """Plain labels and hints, no placeholders, digits on a phone's keyboard, and no address longer than any is."""

    words = {}
    typed = {name: WORDS[name][0] for name in ("login", "email", "name")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = {**WORDS, **self.words}.get(name, (field.label, field.help_text))
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.validators = [*field.validators, MaxLengthValidator(LONGEST_ADDRESS)]
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}


def in_our_words(*forms, **words):
    """Return a form of allauth's, with what is mixed in before it, that says our words and a few of its own."""
    return type(forms[-1].__name__, (InOurWords, *forms), {"words": words, "__module__": __name__})


def owners(users, email):
    """Return those whose own address this is: a second one, which a personal link may have proven, signs nobody in."""
    return [user for user in users if user and user.email == email.lower()]


class AskForCodeForm(InOurWords, account.RequestLoginCodeForm):
    def clean_email(self):
        email = super().clean_email()
        self._user = next(iter(owners([self._user], email)), None)
        return email


class Sealed:
    """Mix in before a form that compares a code: what is kept of that is its hash (`codes.SealedCode`)."""

    def clean_code(self):
        self.expected_code = opened(self.expected_code, self.cleaned_data["code"])
        return super().clean_code()


class OwnAddressForm(account.ConfirmEmailVerificationCodeForm):
    def clean_code(self):
        """An address that only an invitation holds is free to whoever proves it (`AccountAdapter.confirm_email`)."""
        is_free = self.email and User.objects.filter(email=self.email.lower(), is_invited=True).exists()
        return account.BaseConfirmCodeForm.clean_code(self) if is_free else super().clean_code()


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    def clean_email(self):
        email = super().clean_email()
        self.users = owners(self.users, email)
        return email


class FromKey(forms.JSONField):
    """What a passkey answers, as a script of the page sends it; what cannot be read is no answer of a key."""

    widget = forms.HiddenInput

    def __init__(self, read):
        self.read = read
        super().__init__()

    def to_python(self, value):
        if len(value or "") > LONGEST_ANSWER:
            raise forms.ValidationError(UNREADABLE)
        try:
            said = super().to_python(value)
            self.read(said)
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError):
            raise forms.ValidationError(UNREADABLE) from None
        return said

    def bound_data(self, data, initial):
        """Give nothing back: a key answers once."""
        return


class AddKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    credential = FromKey(RegistrationResponse.from_dict)


class SignInByKeyForm(InOurWords, webauthn.LoginWebAuthnForm):
    credential = FromKey(AuthenticationResponse.from_dict)


class SecondFactorByKeyForm(InOurWords, webauthn.AuthenticateWebAuthnForm):
    credential = FromKey(AuthenticationResponse.from_dict)


class ConfirmByKeyForm(InOurWords, webauthn.ReauthenticateWebAuthnForm):
    credential = FromKey(AuthenticationResponse.from_dict)


SignInForm = in_our_words(account.LoginForm)
SignInCodeForm = in_our_words(Sealed, account.ConfirmLoginCodeForm)
AddressCodeForm = in_our_words(Sealed, OwnAddressForm)
PasswordCodeForm = in_our_words(Sealed, account.ConfirmPasswordResetCodeForm)
ReplacePasswordForm = in_our_words(account.ResetPasswordKeyForm)
ChangePasswordForm = in_our_words(account.ChangePasswordForm)
SetPasswordForm = in_our_words(account.SetPasswordForm)
ConfirmPasswordForm = in_our_words(account.ReauthenticateForm)
RenameKeyForm = in_our_words(webauthn.EditWebAuthnForm)
NewAddressForm = in_our_words(
    account.AddEmailForm,
    email=("New e-mail address", "We send a code to it; until then the present address stays."),
)

FROM_APP = (
    "The code from your app, or a recovery code",
    "Each code works once. If you have just used one, wait for the next.",
)
SecondFactorForm = in_our_words(mfa.AuthenticateForm, code=FROM_APP)
ConfirmSecondFactorForm = in_our_words(mfa.ReauthenticateForm, code=FROM_APP)
ActivateAppForm = in_our_words(totp.ActivateTOTPForm, code=("The six digits your app shows now", ""))
