"""Throttles and sessions in Redis, which several machines share."""

import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from redis import Redis

from accounts.models import Delivery
from forum.environment import Env
from forum.lib.web.shared_sessions import SessionStore
from forum.lib.web.throttle import TooMany, allow
from tests.operations.fronting import a_port, wait_for

REDIS = shutil.which("redis-server")
pytestmark = pytest.mark.skipif(not REDIS, reason="Redis is not installed (apt install redis-server)")


class Store:
    """A Redis of our own, which can go away."""

    def __init__(self, folder):
        self.port = a_port()
        self.process = subprocess.Popen(
            [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        wait_for(self.port)

    def go(self):
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def store(settings, tmp_path):
    store = Store(tmp_path)

    class Said(Env):
        ENVIRON = {"CACHE_URL": f"redis://127.0.0.1:{store.port}/3"}

    settings.CACHES = {"default": Said().cached("CACHE_URL")}
    settings.SESSION_ENGINE = "forum.lib.web.shared_sessions"
    yield store
    store.go()


def test_each_ticket_is_taken_once_and_comes_back(store):
    start = Barrier(8)

    def take(_):
        start.wait()
        try:
            allow("essay", "rosa", limit=5, period=2)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as callers:
        assert sum(callers.map(take, range(8))) == 5
    time.sleep(2.1)
    allow("essay", "rosa", limit=5, period=2)


def test_a_member_is_known_without_a_query_and_still_when_redis_forgot(store, client, rosa):
    client.force_login(rosa)
    client.get("/accounts/email/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/accounts/email/").status_code == 200
    assert [query["sql"] for query in asked if "django_session" in query["sql"]] == []
    cache.clear()
    assert client.get("/accounts/email/").status_code == 200


def test_a_session_that_ended_is_not_brought_back_by_who_was_just_keeping_it(store, client, rosa):
    client.force_login(rosa)
    cookie = client.cookies["sessionid"].value
    late = SessionStore(cookie)
    late["draft"] = "Treaties"
    text = late.encode(late._session)
    client.post("/accounts/logout/")
    late._keep(text, 60)
    client.cookies["sessionid"] = cookie
    assert client.get("/accounts/email/").status_code == 302


def test_a_code_signs_in_and_its_digits_are_nowhere_in_redis(store, client, rosa):
    client.post("/accounts/login/code/", {"email": rosa.email})
    code = re.search(r"\d{6}", Delivery.objects.get().subject)[0]
    client.get("/accounts/login/code/confirm/")
    redis = Redis(port=store.port, db=3)
    kept = [redis.get(key) for key in redis.scan_iter()]
    assert len(kept) > 2
    assert [value for value in kept if code.encode() in value] == []
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(rosa.pk)


def test_who_writes_while_redis_is_away_hears_that_nothing_was_stored(store, client, rosa, article):
    client.force_login(rosa)
    path = article.get_absolute_url()
    store.go()
    assert client.get(path).status_code == 200
    said = client.post(f"{path}comments/post/", {"text": "Treaties outlive the people who sign them."})
    assert (said.status_code, said.headers["Retry-After"]) == (503, "60")
    assert "Nothing was stored" in said.text
    assert client.post("/accounts/logout/").status_code == 503
    assert client.get("/accounts/email/").status_code == 200
    assert "Treaties outlive the people who sign them." in said.text
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (503, "The cache does not answer.\n")
