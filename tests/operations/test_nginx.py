"""A real nginx in front of the site, with the file that operators are given."""

import re
import subprocess
import time
from threading import Barrier, Thread
from urllib.parse import urlencode

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.testcases import QuietWSGIRequestHandler, ThreadedWSGIServer

from articles.models import Message, Topic
from forum import fresh
from forum.lib.forms import Opened
from tests.operations import fronting
from tests.races.conftest import db, topics  # what the server is to see must really be committed
from tests.world.test_headers import LISTED, _in_production

__all__ = ["_in_production", "db", "topics"]
pytestmark = [
    pytest.mark.usefixtures("topics"),
    pytest.mark.skipif(not fronting.NGINX, reason="nginx is not installed (apt install nginx)"),
]
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
        self.asked, self.pause = [], 0

    def __call__(self, environ, start_response):
        """Answer as the site does with its kept pages, after a pause where it is slow to make one."""
        self.asked.append(environ["PATH_INFO"])
        return self.pages(environ, start_response)

    def _make(self, environ, start_response):
        time.sleep(self.pause)
        return WSGIHandler()(environ, start_response)

    @property
    def address(self):
        return f"localhost:{self.port}"

    def come(self):
        self.come_back()
        self.server = ThreadedWSGIServer(("localhost", self.port), QuietWSGIRequestHandler)
        self.server.set_app(StaticFilesHandler(self))
        Thread(target=self.server.serve_forever, daemon=True).start()

    def come_back(self):
        """Answer as the site does."""
        self.pages = fresh.kept_in_front_of(self._make)

    def go(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
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
    assert front.ask("/about/", Cookie="a=b; __Host-session=a").status == 503
    assert front.ask("/accounts/login/").status == 503


def test_while_the_site_is_away_only_what_was_asked_for_lately_is_served(front, site):
    """A page that nobody asked for in the last minute (here, some seconds) may have been taken off since."""
    front.ask("/about/")
    site.go()
    time.sleep(2)
    assert front.ask("/about/").status == 200
    time.sleep(16)  # nginx looks every ten seconds for what to let go
    assert front.ask("/about/").status == 503


def test_what_was_removed_is_gone_although_it_was_kept(front, article, maggie):
    topic, address = Topic.objects.first(), article.get_absolute_url()
    assert [front.ask(path).status for path in (address, topic.get_absolute_url())] == [200, 200]
    article.remove(by=maggie, notice="This piece was removed.")
    Topic.objects.filter(pk=topic.pk).update(slug="elsewhere")
    time.sleep(1)
    assert [front.ask(path).status for path in (address, topic.get_absolute_url())] == [410, 404]


def test_a_page_is_asked_for_once_in_a_second_by_whomever(front, site):
    the_turn_of_a_second()
    sent = [front.ask("/about/", Cookie=f"__Host-csrf={n}; name={n}", User_Agent=str(n)) for n in range(4)]
    assert [answer.status for answer in sent] == [200] * 4
    assert site.asked.count("/about/") == 1
    time.sleep(1.1)
    front.ask("/about/")
    assert site.asked.count("/about/") == 2


@pytest.mark.parametrize("path", ["/contact/", "/nowhere/", "/about/"])
def test_nobody_waits_for_another_one_who_opens_the_same_page(front, site, path):
    together_there, answers = Barrier(4), []

    def come(environ, start_response):
        together_there.wait(3)
        return WSGIHandler()(environ, start_response)

    site.pages = come
    readers = [Thread(target=lambda: answers.append(front.ask(path).status)) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(20)
    assert answers == [404 if path == "/nowhere/" else 200] * 4


@pytest.mark.parametrize(
    ("path", "host"),
    [("/%61bout/", None), ("/about/", f"{fronting.NAME.upper()}:{{}}"), ("/about/", f"{fronting.NAME}:1")],
)
def test_a_page_is_kept_under_no_name_that_can_be_made_up(front, site, path, host):
    said = {"Host": host.format(front.https_port)} if host else {}
    the_turn_of_a_second()
    assert [front.ask(path, **said).status for _ in range(2)] == [200, 200]
    assert site.asked.count("/about/") == 2


def test_no_byte_is_older_than_a_second_however_slowly_pages_are_made(front, site):
    """Each second's page bears a name of its own; readers ask all the time, and write down when they asked."""
    names, seen, over = {}, [], time.time() + 6

    def read():
        while time.time() < over:
            asked = time.time()
            name = re.search("<h1>(Topic )?Name (\\d+)", front.ask("/topics/diplomacy/").text.replace("\n", ""))
            seen.append((asked, int(name[2])))

    site.pause = 0.3
    Topic.objects.filter(slug="diplomacy").update(name="Name 0")
    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 100):
        if time.time() > over:
            break
        Topic.objects.filter(slug="diplomacy").update(name=f"Name {number}")
        names[number] = time.time()
        time.sleep(0.13)
    for reader in readers:
        reader.join(20)
    late = [(asked, name) for asked, name in seen if name + 1 in names and asked - names[name + 1] > 1]
    assert (late, len(seen) > 5) == ([], True)


def the_turn_of_a_second():
    """Wait until a second has just begun."""
    time.sleep(1.02 - time.time() % 1)


def test_a_page_comes_packed_as_the_browser_wants_it(front):
    the_turn_of_a_second()
    packings = {
        "gzip, deflate, br": "br", "br, gzip": "br", "gzip": "gzip", "identity": None,
        "br;q=0": None, "gzip, br; q=0": "gzip", "br ;q=0, gzip; q=0": None, "x-br": None,
    }  # fmt: skip
    sent = [front.ask("/about/", Accept_Encoding=said) for said in packings]
    assert [answer.headers["Content-Encoding"] for answer in sent] == list(packings.values())
    assert [answer.headers["Vary"] for answer in sent] == ["Accept-Encoding"] * len(sent)


def test_a_page_is_served_as_it_was_kept_while_the_database_is_away(front, monkeypatch):
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


@pytest.fixture
def _no_disk(tmp_path):
    """No room is left on the disk where nginx puts what it has no room for."""
    (tmp_path / "proxy").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", tmp_path / "proxy"], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a disk")
    (tmp_path / "proxy/full").write_bytes(b"0" * 4096)
    yield
    subprocess.run(["umount", "--lazy", tmp_path / "proxy"], check=True)


@pytest.mark.usefixtures("_no_disk")
def test_pages_come_whole_although_the_disk_is_full(front, site):
    long = "a" * 40_000_000  # more than waits in the network
    site.pages = lambda environ, start_response: (start_response("200 OK", []), [long.encode()])[1]
    assert front.ask("/long/", Cookie="__Host-session=a", slowly=True).text == long
    site.come_back()
    assert front.ask("/about/").status == front.ask("/static/css/site.css").status == 200


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
