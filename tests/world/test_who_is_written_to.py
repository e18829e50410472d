"""Whoever types a stranger's address into the forms of the site: how many letters the stranger gets of it."""

from zeal import zeal_ignore

from accounts.models import Delivery
from tests.world.browsing import kind_of
from tests.world.test_bad_input import Everybody
from tests.world.test_left_out import forms_once, whole

STRANGER = "nadia@example.org"
A_DAYS_SHARE = 8


def test_all_forms_together_write_to_a_typed_address_no_more_than_a_days_share(world, cast, work):
    everybody, pressed = Everybody(world, cast), set()
    for (name, _), (browser, form) in forms_once(world, everybody, theirs_too=True).items():
        fields = [field for field, element in form.fields if kind_of(element) == "email"]
        if fields and not name.startswith("admin:"):
            pressed.add(name)
            sent = {**whole(form, untouched=False), **dict.fromkeys(fields, STRANGER)}
            for _ in range(A_DAYS_SHARE + 2):
                with zeal_ignore():
                    assert browser.post(form.target, sent).status_code < 500
    work()
    assert {"alerts", "account_signup", "account_reset_password", "account_request_login_code"} < pressed
    assert Delivery.objects.filter(to=STRANGER).count() == A_DAYS_SHARE
