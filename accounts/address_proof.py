"""Proof of an address on the caller's own page: an address, a mail with six digits, the digits.

A view that needs to know who writes, and must keep what was typed, does this:

    form, proof = CommentForm(request.POST or None), Proof(request)
    if request.method == "POST" and form.is_valid() and (person := proof.person()):
        ... the verb, by=person, and a redirect
    return render(request, "…", {"form": form, "proof": proof})

and inside the one `<form method="post">` of its page, after its own bound fields:

    {% include "components/_proof.html" with proof=proof button="Send my comment" only %}

`person()` is None until the right digits came; the page is shown again meanwhile, each time one step
further or with the sentence beside the field that needs it. Who is signed in already is the person.
Staff, and people with a second factor, are recognised but not signed in by a code alone.
`AddressProof(request, asks=AddressForm)` does not ask for a name; pass `name=` to name a new account. Where Enter
presses another button of the form, let that one send `step=enter` and go on when `is_entered`. When `signs_in`,
keep what was typed and answer with `to_sign_in(back)`, where `back` shows it again.
"""

import secrets
import time

from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.utils.crypto import constant_time_compare

from accounts.codes import EARLIER, hashed, remember, was_sent
from accounts.forms import AddressStepForm, CodeForm, NewcomerForm
from accounts.mail import post_code
from accounts.models import User
from accounts.ration import ration
from forum.lib.web.throttle import TooMany, allow, note, prefix

KEPT = "proof"
MINUTES = 15
MOST_TRIES = 5


class Unproven(Exception):
    """Why an address is not proven: one sentence fit to stand beside the field."""


def begin(request, email, name=""):
    """Send a new code to `email` and forget the old one; TooMany when that happens too often."""
    email = email.lower()
    ration(request, email)
    code = f"{secrets.randbelow(1_000_000):06}"
    request.session[KEPT] = {
        "email": email,
        "name": name,
        "code": hashed(email, code),
        "until": time.time() + MINUTES * 60,
        "tries": 0,
    }
    remember(email, code)
    post_code(email, code, MINUTES)


def confirm(request, code):
    """Return the person whose address was proven by `code`, signed in where a code is enough; or Unproven."""
    kept = request.session.get(KEPT)
    if not kept or kept["until"] < time.time():
        raise Unproven("This code is too old. Ask for a new one.")
    if kept["tries"] >= MOST_TRIES:
        raise Unproven("Those were too many wrong codes. Ask for a new one.")
    is_right = constant_time_compare(kept["code"], hashed(kept["email"], code))
    if not is_right and was_sent(kept["email"], code):
        raise Unproven(EARLIER)
    allow("code_try", f"{prefix(request)} {kept['email']}")
    if not is_right:
        raise Unproven(_wrong(request, kept))
    forget(request)
    person = User.objects.of_address(kept["email"], kept["name"])
    if person.email != kept["email"]:
        raise Unproven("This address belongs to an account that is signed in to with another one. Use that one here.")
    if not person.is_active:
        raise Unproven("This account is closed. Write to the editors if you think that is a mistake.")
    if not (person.is_staff or is_mfa_enabled(person)):
        perform_login(request, person, email=kept["email"])
    return person


def forget(request):
    """Forget the address and its code."""
    request.session.pop(KEPT, None)


def _wrong(request, kept):
    kept["tries"] += 1
    request.session.modified = True
    left = MOST_TRIES - kept["tries"]
    if not left:
        return "Those were too many wrong codes. Ask for a new one."
    return f"This is not the code in our mail. You can try {left} more time{'' if left == 1 else 's'}."


class AddressProof:
    """The steps of a proof on one page: what to ask next, and what came of it."""

    def __init__(self, request, *, asks=NewcomerForm, name="", known=None):
        self.request, self.asks, self.name = request, asks, name
        self.known = request.user if request.user.is_authenticated else known
        self.news = ""
        self.address = asks(initial={"name": name, **request.POST.dict()})
        self.code = CodeForm(initial=request.POST.dict()) if self.email else None

    @property
    def asked_forms(self):
        """Return the one form that it asks with now."""
        return [] if self.done else [self.code or self.address]

    @property
    def email(self):
        """Return the address a code was sent to, or ""."""
        return self.request.session.get(KEPT, {}).get("email", "")

    @property
    def done(self):
        """Say whether nothing needs to be asked, because somebody is signed in or came by a personal link."""
        return bool(self.known)

    def person(self):
        """Take the step that was pressed; return the person once there is one."""
        if self.done:
            return self.known
        person = getattr(self, f"_{self.step}", self._ask)()
        self.point()
        return person

    def point(self):
        """Let the field that is needed next have the focus: what was pressed led here, wherever on the page that is."""
        for form in self.asked_forms:
            empty = next((field for field in form if not field.value()), None)
            wanted = empty or next(iter(form))
            wanted.field.widget.attrs["autofocus"] = True

    @property
    def step(self):
        """Return which button of the proof was pressed, or ""."""
        form = AddressStepForm(self.request.POST)
        return form.cleaned_data["step"] if form.is_valid() else ""

    @property
    def signs_in(self):
        """Say whether the writer would rather sign in than prove an address here."""
        return not self.done and self.step == "sign_in"

    def to_sign_in(self, back):
        """Return the way to the sign-in page and from there to `back`; what was typed must have been kept."""
        response = redirect_to_login(back)
        response.has_kept_text = True
        return response

    @property
    def is_entered(self):
        """Say whether Enter was pressed, and the address or the digits that are asked for stand in their field."""
        said = self.code.initial.get("code") if self.code else self.address.initial.get("email")
        return not self.done and self.step == "enter" and bool(said)

    def _ask(self):
        return None

    _sign_in = _ask

    def _enter(self):
        return self._confirm() if self.code else self._send()

    def _send(self):
        self.address, self.code = self.asks(self.request.POST), None
        if self.address.is_valid():
            said = self.address.cleaned_data
            self._begin(self.address, "email", said["email"], said.get("name", self.name))

    def _again(self):
        if kept := self.request.session.get(KEPT):
            self.code = CodeForm(self.request.POST)
            self._begin(self.code, "code", kept["email"], kept["name"])

    def _begin(self, form, field, email, name):
        try:
            begin(self.request, email, name)
        except TooMany as refusal:
            note(self.request, refusal)
            complain(form, field, f"Too many codes were asked for. Try again {refusal.when}.")
        else:
            sending = f"We are sending six digits to {email}. They are good for {MINUTES} minutes."
            self.code, self.news = CodeForm(), f"{sending} Look in the folder for unwanted mail too."

    def _change(self):
        kept = self.request.session.pop(KEPT, {})
        self.address = self.asks(initial={"email": kept.get("email"), "name": kept.get("name") or self.name})
        self.code = None

    def _confirm(self):
        self.code = CodeForm(self.request.POST)
        if not self.code.is_valid():
            return None
        try:
            return confirm(self.request, self.code.cleaned_data["code"])
        except Unproven as refusal:
            return complain(self.code, "code", str(refusal))
        except TooMany as refusal:
            note(self.request, refusal)
            return complain(self.code, "code", f"Too many codes were tried. Try again {refusal.when}.")


def complain(form, field, sentence):
    """Let `sentence` be the only complaint in `form`."""
    form.errors.clear()
    form.add_error(field, sentence)
