"""A real nginx in front of the site, with the file that operators are given."""

import re
import time
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.live_server_helper import LiveServer

from articles.models import Message, Topic
from forum.lib.forms import Opened
from forum.lib.web import pagecache
from tests.operations import fronting
from tests.races.conftest import db  # what the server is to see must really be committed
from tests.world.test_headers import LISTED, _in_production

__all__ = ["_in_production", "db"]
pytestmark = pytest.mark.skipif(not fronting.NGINX, reason="nginx is not installed (apt install nginx)")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def _behind_nginx(settings, db):
    settings.ALLOWED_HOSTS = [fronting.NAME, "localhost"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = 1


class Site:
    """The site behind nginx, which can go away and come back."""

    def __init__(self):
        self.server = None
        self.port = fronting.a_port()

    @property
    def address(self):
        return f"localhost:{self.port}"

    def come(self):
        self.server = LiveServer(self.address)

    def go(self):
        if self.server:
            self.server.stop()
        self.server = None


@pytest.fixture
def site(_behind_nginx):
    site = Site()
    site.come()
    yield site
    site.go()


@pytest.fixture
def front(site, tmp_path):
    with fronting.fronted(tmp_path, site.address) as front:
        yield front


def listed(answer):
    return {name: answer.headers.get_all(name) for name in LISTED}


ONCE = {name: [value] for name, value in LISTED.items()}


def test_http_leads_to_https(front):
    answer = front.ask("/about/?from=a%20friend", is_secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, "https://forum.example/about/?from=a%20friend")


def test_whatever_nginx_answers_has_the_headers_once(front, site):
    answers = {path: front.ask(path) for path in ("/about/", "/nowhere/", "/static/css/site.css", "/healthz")}
    answers["again, as it was kept"] = front.ask("/about/")
    answers["too large"] = front.ask("/contact/", "POST", None, Content_Length=str(30 * 1024 * 1024))
    site.go()
    answers["away"] = front.ask("/terms/")
    assert [answer.status for answer in answers.values()] == [200, 404, 200, 200, 200, 413, 503]
    assert {path: listed(answer) for path, answer in answers.items() if listed(answer) != ONCE} == {}
    assert answers["away"].headers.get_all("Retry-After") == ["60"]
    assert "Wait a minute" in answers["away"].text
    assert "up to 20 MB" in answers["too large"].text


def test_a_public_page_is_kept_and_served_while_the_site_is_away_but_nobodys_own_page_is(front, site):
    kept = front.ask("/about/").text
    assert front.ask("/accounts/login/").status == 200
    site.go()
    assert front.ask("/about/").text == kept
    assert front.ask("/about/", Cookie="session=a").status == 503
    assert front.ask("/accounts/login/").status == 503


def keep_for_a_second(monkeypatch):
    monkeypatch.setattr(pagecache, "STALE", 0)
    monkeypatch.setattr(pagecache, "MAX_AGE", 1)


def test_what_was_kept_ends(front, site, monkeypatch):
    keep_for_a_second(monkeypatch)
    monkeypatch.setattr(pagecache, "STALE_IF_ERROR", 6)
    front.ask("/about/")
    site.go()
    time.sleep(2)
    assert front.ask("/about/").status == 200
    assert front.until("/about/", 503)


def test_what_was_removed_is_gone_although_it_was_kept(front, monkeypatch, article, maggie):
    keep_for_a_second(monkeypatch)
    topic, address = Topic.objects.first(), article.get_absolute_url()
    assert [front.ask(path).status for path in (address, topic.get_absolute_url())] == [200, 200]
    article.remove(by=maggie, notice="This piece was removed.")
    Topic.objects.filter(pk=topic.pk).update(slug="elsewhere")
    assert front.until(address, 410)
    assert front.until(topic.get_absolute_url(), 404)


def test_a_page_is_served_as_it_was_kept_while_the_database_is_away(front, monkeypatch):
    keep_for_a_second(monkeypatch)
    kept = front.ask("/about/").text

    def away(self):
        raise OperationalError

    time.sleep(2)
    with monkeypatch.context() as outage:
        outage.setattr(BaseDatabaseWrapper, "ensure_connection", away)
        connections.close_all()
        answers = front.ask("/about/"), front.ask("/terms/")
    assert [(answer.status, answer.text == kept) for answer in answers] == [(200, True), (503, False)]
    assert "css/site.css" in answers[1].text


def test_a_form_can_be_sent_through_it(front):
    page = front.ask("/contact/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    said = {"text": "Who signed?", "name": "Rae", "opened": Opened().format_value(""), "csrfmiddlewaretoken": token}
    sent = front.ask(
        "/contact/", "POST", urlencode(said), Cookie=cookie, Origin=f"https://{front.host}", Content_Type=FORM
    )
    assert sent.status == 302, sent.text
    assert Message.objects.get().text == "Who signed?"
