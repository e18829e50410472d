import base64
import hashlib
import hmac
import re
import struct
import time

import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a short sentence"


@pytest.fixture
def eve(client, settings):
    """An editor signed in with her password, where the second factor is not waived."""
    settings.STAFF_SECOND_FACTOR = True
    settings.MFA_TOTP_TOLERANCE = 1
    person = User.objects.register("eve@example.org", "Eve Editor", password=PASSWORD, groups=["editor"])
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return person


def app_code(secret, *, ahead=0):
    """What an authenticator app would show now, or so many steps ahead."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(key, step, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def test_the_desk_stays_closed_without_a_second_factor(client, eve):
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    assert client.get("/admin/accounts/user/").status_code == 302


def test_an_app_opens_the_desk_now_and_at_the_next_sign_in(client, eve):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = re.search(r"<code>(\w+)</code>", page.text)[1]
    client.post("/accounts/2fa/totp/activate/", {"code": app_code(secret, ahead=-1)})
    assert (
        client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/2fa/reauthenticate/")
    )
    client.post("/accounts/2fa/reauthenticate/?next=/admin/", {"code": app_code(secret)})
    assert client.get("/admin/").status_code == 200

    client.post("/accounts/logout/")
    answer = client.post("/accounts/login/", {"login": eve.email, "password": PASSWORD})
    assert answer.url == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    client.post(answer.url, {"code": app_code(secret, ahead=1)})
    assert client.get("/admin/").status_code == 200
