"""What strangers send in the place of a passkey's answer breaks no page."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests import access

pytestmark = pytest.mark.django_db

RESPONSE = {"clientDataJSON": "eyJ9", "authenticatorData": "AA", "signature": "AA", "userHandle": "OTk5OTk5OTk5OTk5"}
ANSWERS = {
    "nothing of a key": "{}",
    "a list": "[]",
    "a number for a name": '{"id": 1}',
    "half a letter": r'{"id": "\ud800", "rawId": "\ud800", "response": {}, "type": "public-key"}',
    "a key of nobody": json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE}),
    "a pit": "[" * 15_000,
    "a flood": "[" * 100_000,
    "a number of many digits": "9" * 5_000,
    "no JSON": "key",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_what_is_no_answer_of_a_key_is_refused(answer, rosa):
    stranger, member = Client(), access.browser_of(rosa)
    assert stranger.post(reverse("mfa_login_webauthn"), {"credential": answer}).status_code == 302
    assert "_auth_user_id" not in stranger.session
    for name in ("mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        member.get(reverse(name))
        answered = member.post(reverse(name), {"credential": answer, "name": "My key"})
        assert answered.status_code in (200, 302, 403), name
    assert rosa.authenticator_set.count() == 0
