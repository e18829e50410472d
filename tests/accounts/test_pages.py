import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.codes import EARLIER
from accounts.models import Delivery, User

pytestmark = pytest.mark.django_db

ENTRANCE = ["account_login", "account_signup", "account_request_login_code", "account_reset_password"]
INSIDE = [
    "profile", "account_email", "account_logout", "account_set_password", "mfa_index",
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
]  # fmt: skip


def the_code():
    return re.search(r"^\d{6}$", Delivery.objects.latest("pk").text, re.MULTILINE)[0]


@pytest.mark.parametrize("name", ENTRANCE)
def test_the_entrance_is_open_and_in_the_sites_look(client, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert '<html lang="en"' in page.text
    assert '<main id="main"' in page.text
    assert "127.0.0.1" not in page.text
    assert "testserver" not in page.text


@pytest.mark.parametrize("name", INSIDE)
def test_the_inside_needs_an_account(client, rosa, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(rosa)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert page.text.count("<h1") == 1


def test_the_waiver_is_said_where_it_holds(client, settings):
    assert "This is a demonstration" in client.get("/accounts/login/").text
    settings.STAFF_SECOND_FACTOR = True
    assert "This is a demonstration" not in client.get("/accounts/login/").text


def test_a_password_signs_in(client):
    person = User.objects.register("pia@example.org", "Pia", password="a short sentence")
    page = client.post("/accounts/login/", {"login": "Pia@example.org", "password": "wrong"})
    assert "This address and this password do not belong together." in page.text
    answer = client.post("/accounts/login/", {"login": "Pia@example.org", "password": "a short sentence"})
    assert answer.headers["Location"] == "/submissions/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_staff_begin_at_the_desk(client):
    User.objects.register("eve@example.org", "Eve", password="a short sentence", groups=["editor"])
    answer = client.post("/accounts/login/", {"login": "eve@example.org", "password": "a short sentence"})
    assert answer.headers["Location"] == "/admin/"


def test_a_code_by_mail_signs_in(client, rosa, work, mailoutbox):
    client.post("/accounts/login/code/", {"email": "rosa@example.org"})
    code = the_code()
    work()
    assert mailoutbox[0].subject == f"{code} is your code to sign in"
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(rosa.pk)


def test_an_unknown_address_looks_like_a_known_one(client, rosa):
    known = client.post("/accounts/login/code/", {"email": "rosa@example.org"})
    said = "The mail holds six digits, good for 15 minutes, or says why there are none."
    assert said in client.get(known.url).text
    client.post("/accounts/logout/")
    unknown = client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert said in client.get(unknown.url).text
    assert "There is no account at this address" in Delivery.objects.latest("pk").subject


def test_a_forgotten_password_is_replaced_by_a_code(client, rosa):
    client.post("/accounts/password/reset/", {"email": "rosa@example.org"})
    client.post("/accounts/password/reset/confirm/", {"code": the_code()})
    client.post(
        "/accounts/password/reset/complete/", {"password1": "a new sentence", "password2": "a new sentence"}
    )
    rosa.refresh_from_db()
    assert rosa.check_password("a new sentence")
    assert "replaced by a new one" in Delivery.objects.latest("pk").text


ASKED = {
    "to sign in": ("login/code/", {"email": "rosa@example.org"}, "login/code/confirm/"),
    "for a new password": ("password/reset/", {"email": "rosa@example.org"}, "password/reset/confirm/"),
    "for a new address": ("email/", {"action_add": "", "email": "rosa@new.example.org"}, "confirm-email/"),
}


@pytest.mark.parametrize("why", ASKED)
def test_an_earlier_code_is_called_that_and_costs_no_try(client, rosa, why):
    ask, said, confirm = ASKED[why]
    if why == "for a new address":
        client.force_login(rosa)
    codes = []
    for _ in range(2):
        client.post(f"/accounts/{ask}", said)
        codes.append(the_code())
    earlier, newest = codes
    for _ in range(9 if earlier != newest else 0):
        page = client.post(f"/accounts/{confirm}", {"code": earlier})
        assert EARLIER in page.text
        assert page.text.count("<title>Error: ") == 1
    wrong = client.post(f"/accounts/{confirm}", {"code": f"{(int(newest) + 1) % 1_000_000:06}"})
    assert "This is not the code in our mail." in wrong.text
    assert client.post(f"/accounts/{confirm}", {"code": newest}).status_code == 302


def kept_code(held):
    """Return what a session holds as the code, wherever it stands."""
    if not isinstance(held, dict):
        return ""
    return held.get("code") or next(filter(None, map(kept_code, held.values())), "")


@pytest.mark.parametrize("why", ASKED)
def test_what_a_session_holds_of_a_code_is_no_code(client, rosa, why):
    ask, said, confirm = ASKED[why]
    if why == "for a new address":
        client.force_login(rosa)
    client.post(f"/accounts/{ask}", said)
    sealed = kept_code(dict(client.session))
    assert len(sealed) > 60
    assert the_code() not in json.dumps(dict(client.session))
    for typed in (sealed, sealed.partition("$")[2]):
        assert client.post(f"/accounts/{confirm}", {"code": typed}).status_code != 302
    spaced = f"{the_code()[:3]} {the_code()[3:]}"
    assert client.post(f"/accounts/{confirm}", {"code": spaced}).status_code == 302


def test_an_earlier_code_sent_to_sign_in_again_from_the_page_of_the_code_is_known_too(client, rosa):
    client.post("/accounts/login/code/", {"email": "rosa@example.org"})
    earlier = the_code()
    client.post("/accounts/login/code/confirm/", {"action": "resend"})
    if earlier != the_code():
        assert EARLIER in client.post("/accounts/login/code/confirm/", {"code": earlier}).text
    client.post("/accounts/login/code/confirm/", {"code": the_code()})
    assert client.session["_auth_user_id"] == str(rosa.pk)


def test_wrong_codes_are_counted_as_before(client, rosa):
    client.post("/accounts/login/code/", {"email": "rosa@example.org"})
    wrong = f"{(int(the_code()) + 1) % 1_000_000:06}"
    answers = [client.post("/accounts/login/code/confirm/", {"code": wrong}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    client.post("/accounts/login/code/confirm/", {"code": the_code()})
    assert "_auth_user_id" not in client.session


def test_a_password_can_be_set_later(client, rosa):
    client.force_login(rosa)
    client.post("/accounts/password/set/", {"password1": "a new sentence", "password2": "a new sentence"})
    rosa.refresh_from_db()
    assert rosa.check_password("a new sentence")


def test_an_open_browser_is_not_enough_to_move_an_account_to_another_address(client, rosa):
    rosa.set_password("a train at night")
    rosa.save()
    client.force_login(rosa, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post("/accounts/email/", {"action_add": "", "email": "thief@example.org"})
    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Delivery.objects.exists()



def test_a_new_address_replaces_the_old_one_after_its_code(client, rosa):
    client.force_login(rosa)
    client.post("/accounts/email/", {"action_add": "", "email": "rosa@new.example.org"})
    rosa.refresh_from_db()
    assert rosa.email == "rosa@example.org"
    client.post("/accounts/confirm-email/", {"code": the_code()})
    rosa.refresh_from_db()
    assert rosa.email == "rosa@new.example.org"
    assert [address.email for address in rosa.emailaddress_set.all()] == ["rosa@new.example.org"]


def test_somebody_elses_address_cannot_be_taken(client, rosa, sami):
    client.force_login(rosa)
    client.post("/accounts/email/", {"action_add": "", "email": "sami@example.org"})
    rosa.refresh_from_db()
    assert rosa.email == "rosa@example.org"
    assert not rosa.emailaddress_set.filter(email="sami@example.org", verified=True).exists()


def test_the_name_can_be_changed(client, rosa):
    client.force_login(rosa)
    assert "This field is required." in client.post("/accounts/rename/", {"name": " "}).text
    client.post("/accounts/rename/", {"name": "Rosa Renamed"})
    rosa.refresh_from_db()
    assert rosa.name == "Rosa Renamed"


def test_looking_at_the_sign_out_page_signs_nobody_out(client, rosa):
    client.force_login(rosa)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_are_refused(client, rosa):
    for _ in range(6):
        page = client.post("/accounts/login/", {"login": "rosa@example.org", "password": "wrong"})
    assert "too many attempts" in page.text


def test_too_many_requests_get_the_sites_own_page(client):
    for _ in range(31):
        page = client.post("/accounts/login/", {"login": "rosa@example.org", "password": "night train"})
    assert ">rosa@example.org</textarea>" in page.text
    assert "night train" not in page.text
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) <= 60


def test_somebody_deactivated_is_out_at_once(client, rosa):
    client.force_login(rosa)
    assert client.get("/accounts/").status_code == 200
    rosa.deactivate()
    assert client.get("/accounts/").status_code == 302


def test_the_picture_for_the_app_is_allowed_on_its_page_only(client, rosa):
    client.force_login(rosa)
    assert (
        "img-src 'self' data:"
        in client.get("/accounts/2fa/totp/activate/").headers["Content-Security-Policy"]
    )
    assert "data:" not in client.get("/accounts/2fa/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]
)
def test_the_pages_of_a_second_factor(client, rosa, name, settings):
    settings.MFA_REAUTHENTICATION_REQUIRED = False
    Authenticator.objects.create(user=rosa, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    Authenticator.objects.create(
        user=rosa, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "a" * 40, "used_mask": 0}
    )
    client.force_login(rosa)
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
