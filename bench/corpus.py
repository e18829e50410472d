"""What is measured: thousands of pieces, a long discussion, and people who are signed in.

    python -m bench.corpus [articles]

in the environment of a site whose database is migrated and empty. Says as JSON where each page is, how often it asks
the database, and by which cookies people are known.
"""

import json
import os
import sys
import time
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")

import django

django.setup()

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Answer, Article, Question
from bench.build import Newsroom
from bench.pages import EDITOR, MANAGING, MEMBER, MODERATOR, PAGES, SENT
from bench.talk import talk
from comments.models import Trust
from tests.kept import Front

PARAGRAPHS, QUESTIONS = 14, 10  # fourteen times ninety words: about 1,300


def main(articles=2000, members=300):
    """Fill the database; return where everything is."""
    newsroom = Newsroom.open(paragraphs=PARAGRAPHS)
    moderator = User.objects.register("moderator@example.org", "Mina Moderator", groups=["moderator"])
    while (lacking := articles - Article.objects.count()) > 0:
        newsroom.add(2 * lacking)
    members = [User.objects.register(f"member{n}@example.org", f"Member {n}") for n in range(members)]
    Trust.objects.bulk_create([Trust(user=member, by=moderator) for member in members])
    out = list(Article.objects.out().select_related("edition").order_by("-published_at"))
    ask_questions(out)
    talk(out, members, newsroom)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    editor, managing = newsroom.editors[:2]
    people = {MEMBER: members[0], EDITOR: editor, MANAGING: managing, MODERATOR: moderator}
    cookies = {"": "", **{who: signed_in(person) for who, person in people.items()}}
    pages = {
        name: (who, path.format(article=out[0].get_absolute_url())) for name, (who, path) in PAGES.items()
    }
    return {
        "pages": pages,
        "cookies": cookies,
        "queries": {name: asked(path, cookies[who]) for name, (who, path) in pages.items()},
        "members": [signed_in(member) for member in members[1:]],
        "discussions": [article.get_absolute_url() for article in out[10:510]],
    }


def ask_questions(articles):
    """Let every tenth piece answer a question, on either side."""
    asked = [
        Question.objects.create(title=f"Sign treaty {n}?", slug=f"question-{n}") for n in range(QUESTIONS)
    ]
    Answer.objects.bulk_create(
        Answer(article=article, question=asked[place % QUESTIONS], stance=("yes", "no", "depends")[place % 3])
        for place, article in enumerate(articles[::10])
    )


def signed_in(person):
    """Return the cookie of somebody who signed in, at the desk with her second factor."""
    if person.is_staff:
        Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    ways = [{"method": "password", "email": person.email}, {"method": "mfa", "id": 1, "type": "totp"}]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**way, "at": time.time()} for way in ways]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def asked(path, cookie):
    """Return how many queries a page asks that is not kept, made by a process that is warm."""
    front, counted = Front(room=0), []
    said = {"host": SENT["host"], "x_forwarded_proto": "https", "cookie": cookie}
    for _ in range(4):
        with CaptureQueriesContext(connection) as queries:
            answer = front.ask(path, **said)
        counted.append(len(queries))
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return min(counted)  # every half second there is one more, for the version


if __name__ == "__main__":
    json.dump(main(*map(int, sys.argv[1:])), sys.stdout)
