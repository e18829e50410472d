import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache

from accounts import address_proof
from accounts.codes import EARLIER
from accounts.models import Delivery, User

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"


@pytest.fixture
def press(client):
    """Press a button of the proof on the sign-up page."""

    def press(step, **said):
        return client.post(SIGN_UP, {"step": step, **said})

    return press


@pytest.fixture
def ask(press):
    """Ask for a code for an address."""

    def ask(email="new@example.org", name="Nadia Newcomer"):
        return press("send", email=email, name=name)

    return ask


def the_code():
    return re.search(r"^\d{6}$", Delivery.objects.latest("pk").text, re.MULTILINE)[0]


def another(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def signed_in(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def test_six_digits_make_an_account_and_sign_in(client, ask, press):
    page = ask()
    assert "We are sending six digits to new@example.org" in page.text
    assert not User.objects.exists()
    answer = press("confirm", code=the_code())
    assert answer.status_code == 302
    person = User.objects.get()
    assert (person.email, person.name, signed_in(client)) == ("new@example.org", "Nadia Newcomer", person)


def test_the_session_gets_a_new_key_at_sign_in(client, ask, press):
    ask()
    before = client.session.session_key
    press("confirm", code=the_code())
    assert client.session.session_key != before


def test_the_code_is_not_kept_readable(client, ask):
    ask()
    assert the_code() not in str(dict(client.session))


def test_spaces_in_the_code_do_not_matter(client, ask, press):
    ask()
    code = the_code()
    press("confirm", code=f" {code[:3]} {code[3:]} ")
    assert signed_in(client)


def test_somebody_known_is_recognised_and_keeps_the_name(client, rosa, ask, press):
    ask("Rosa@Example.org", "Impostor")
    press("confirm", code=the_code())
    assert signed_in(client) == rosa
    rosa.refresh_from_db()
    assert rosa.name == "Rosa Reader"


def test_known_and_unknown_addresses_get_the_same_page_and_mail(client, rosa, ask):
    def bare(text):
        return re.sub(r"\d{6}|rosa@example.org|new@example.org|value=\"\w{64}\"", "", text)

    first = bare(ask("rosa@example.org").text)
    letter = bare(Delivery.objects.latest("pk").text)
    assert bare(ask("new@example.org").text) == first
    assert bare(Delivery.objects.latest("pk").text) == letter


def test_a_wrong_code_says_how_many_tries_are_left(client, ask, press):
    ask()
    wrong = another(the_code())
    assert "You can try 4 more times." in press("confirm", code=wrong).text
    for _ in range(2):
        press("confirm", code=wrong)
    assert "You can try 1 more time." in press("confirm", code=wrong).text
    assert "too many wrong codes" in press("confirm", code=wrong).text
    assert "too many wrong codes" in press("confirm", code=the_code()).text
    assert not signed_in(client)


def test_a_new_code_replaces_the_old_one(client, ask, press):
    ask()
    old = the_code()
    assert "We are sending six digits" in press("again").text
    for _ in range(9 if old != the_code() else 0):
        assert EARLIER in press("confirm", code=f"{old[:3]} {old[3:]}").text
    assert "You can try 4 more times." in press("confirm", code=another(the_code())).text
    press("confirm", code=the_code())
    assert signed_in(client)


def test_a_code_that_was_sent_to_somebody_else_or_long_ago_is_a_wrong_one(ask, press):
    ask("other@example.org")
    others = the_code()
    ask()
    old = the_code()
    press("again")
    assert "You can try 4 more times." in press("confirm", code=others).text
    cache.clear()  # as after an hour
    assert "You can try 3 more times." in press("confirm", code=old).text
    for _ in range(2):
        press("confirm", code=old)
    assert "too many wrong codes" in press("confirm", code=old).text


def test_an_old_code_is_refused(client, ask, press, monkeypatch):
    ask()
    later = address_proof.time.time() + 15 * 60 + 1
    monkeypatch.setattr(address_proof.time, "time", lambda: later)
    assert "This code is too old." in press("confirm", code=the_code()).text


def test_a_code_works_once(client, ask, press):
    ask()
    code = the_code()
    press("confirm", code=code)
    client.logout()
    assert "too old" in press("confirm", code=code).text


def test_another_address_can_be_given_and_the_old_code_is_void(client, ask, press):
    ask("typo@example.org")
    code = the_code()
    page = press("change").text
    assert 'value="typo@example.org"' in page
    assert 'value="Nadia Newcomer"' in page
    ask("right@example.org")
    press("confirm", code=code)
    press("confirm", code=the_code())
    assert signed_in(client).email == "right@example.org"


def test_letters_in_the_code_and_a_bad_address_are_named(press, ask):
    assert "Enter a valid email address." in ask("not an address").text
    assert "Write the name" in ask(name="").text
    ask()
    assert "The code is six digits" in press("confirm", code="٠١٢٣٤٥").text
    assert "Write the six digits" in press("confirm", code="").text


def test_too_many_codes_are_refused_beside_the_field(ask, settings):
    settings.THROTTLES = {**settings.THROTTLES, "letter_here": (2, 3600)}
    ask()
    ask()
    page = ask().text
    assert "Too many codes were asked for. Try again " in page
    assert Delivery.objects.count() == 2


def test_too_many_guesses_are_refused_over_all_sessions(ask, press, settings):
    settings.THROTTLES = {**settings.THROTTLES, "code_try": (1, 3600)}
    ask()
    wrong = another(the_code())
    press("confirm", code=wrong)
    assert "Too many codes were tried." in press("confirm", code=the_code()).text


def test_staff_are_recognised_but_not_signed_in(client, edith, ask, press):
    ask("edith@example.org")
    press("confirm", code=the_code())
    assert not signed_in(client)


def test_a_second_factor_is_not_passed_by_a_code(client, rosa, ask, press):
    Authenticator.objects.create(user=rosa, type=Authenticator.Type.TOTP, data={"secret": "x"})
    ask("rosa@example.org")
    press("confirm", code=the_code())
    assert not signed_in(client)


def test_a_closed_account_stays_closed(client, rosa, ask, press):
    rosa.deactivate()
    ask("rosa@example.org")
    assert "This account is closed." in press("confirm", code=the_code()).text
    assert not signed_in(client)


def test_begin_and_confirm_work_without_a_page(rf, edith):
    request = rf.post("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    address_proof.begin(request, "Edith@Example.org")
    assert address_proof.confirm(request, the_code()) == edith
    with pytest.raises(address_proof.Unproven):
        address_proof.confirm(request, the_code())


def test_who_is_signed_in_is_asked_nothing(client, rosa):
    client.force_login(rosa)
    assert client.get(SIGN_UP).status_code == 302
