import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

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
    work()
    assert mailoutbox[0].subject == f"{the_code()} is your code to sign in"
    client.post("/accounts/login/code/confirm/", {"code": the_code()})
    assert client.session["_auth_user_id"] == str(rosa.pk)


def test_an_unknown_address_looks_like_a_known_one(client, rosa):
    known = client.post("/accounts/login/code/", {"email": "rosa@example.org"})
    client.post("/accounts/logout/")
    unknown = client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
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
        page = client.post("/accounts/login/", {})
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
