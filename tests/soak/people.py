"""The people and pieces of a site that will be killed, made by speaking verbs."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command

from accounts.models import User
from comments.models import Trust
from tests import makers

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STAFF = {"mina": "moderator", "edith": "editor", "maggie": "managing editor"}


def session_of(person):
    """Return the key of a session in which this person is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    who, proof = {SESSION_KEY: str(person.pk)}, {HASH_SESSION_KEY: person.get_session_auth_hash()}
    session.update({**who, **proof, BACKEND_SESSION_KEY: BACKEND})
    session.create()
    return session.session_key


def build(pieces):
    """Return the sessions of the people and the addresses they go to."""
    call_command("migrate", verbosity=0)
    people = {name: User.objects.register(f"{name}@example.org", name.title()) for name in ("rosa", "ines", "sami")}
    for name, group in STAFF.items():
        people[name] = User.objects.register(f"{name}@example.org", name.title(), groups=[group])
    Trust.give(people["rosa"], by=people["mina"])
    sami, edith, maggie = people["sami"], people["edith"], people["maggie"]
    article = makers.an_article(sami, edith, maggie, title="The uses of fog")
    return {
        "sessions": {name: session_of(person) for name, person in people.items()},
        "article": article.get_absolute_url(),
        "submitted": [makers.a_submitted(sami, title=f"Sent in {number}").code for number in range(pieces)],
        "ready": [makers.a_ready(sami, edith, title=f"Ready {number}").code for number in range(pieces)],
    }

