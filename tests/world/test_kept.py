"""Nobody is served what was made for somebody else, and nothing is kept that is not the same for everybody."""

import gzip
from collections import Counter

import brotli
import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from forum import fresh
from forum.lib.web import kept
from forum.lib.web.paging import write
from tests import access
from tests.kept import Front

PUBLIC = {name: address for name, address in access.addresses().items() if address.view.cache_class == "public"}
TOPIC = "/topics/diplomacy/"
PLANTED = "planted-7f3a"
SESSION = f"{settings.SESSION_COOKIE_NAME}=a"
TOKEN = f"{settings.CSRF_COOKIE_NAME}={'t' * 32}"


@pytest.fixture(autouse=True)
def _read_once(monkeypatch, settings):
    """The version as it is outside the test's transaction, and no second that ends."""
    settings.SITE_URL = "http://testserver"
    label = kept.Label(at=0, version=1, until=2**40)
    monkeypatch.setattr(kept.Watch, "now", lambda watch: label)
    monkeypatch.setattr(kept, "connection", type("", (), {"in_atomic_block": True}))  # and nothing remembered beside


@pytest.fixture
def front(db):
    return Front()


def test_every_public_page_is_made_once_and_kept(front, world):
    for address in PUBLIC.values():
        path = address.path(world.arguments(address))
        first, again = front.ask(path), front.ask(path)
        assert (first.status, first.body) == (again.status, again.body), path
    not_kept = {path for path, times in Counter(front.made).items() if times > 1}
    answers = {path: front.ask(path) for path in not_kept}
    assert {path: answer.status for path, answer in answers.items() if answer.status == 200} == {
        path: 200 for path in not_kept if path.startswith("/pictures/")  # a file, which is not held in memory
    }


def test_a_browser_loads_a_picture_once_whoever_sits_before_it(front, world, cast):
    path = f"/pictures/{world.public_picture.key}/320.jpg"
    signed_in = access.browser_of(cast["rosa"]).cookies[settings.SESSION_COOKIE_NAME].value
    for cookie in ("", f"{settings.SESSION_COOKIE_NAME}={signed_in}"):
        first = front.ask(path, cookie=cookie)
        assert (first.status, first.body, first.headers["Cache-Control"]) == (200, b"a picture", "no-cache")
        again = front.ask(path, cookie=cookie, if_none_match=first.headers["ETag"])
        assert (again.status, again.body, again.headers["Cache-Control"]) == (304, b"", "no-cache")
        assert front.ask(path, cookie=cookie, if_none_match='"another"').body == b"a picture"
    world.article.remove(by=cast["maggie"], notice="This piece was removed.")
    assert front.ask(path, if_none_match=first.headers["ETag"]).status == 404


def test_no_other_page_is_kept(front, world):
    for name, address in access.addresses().items():
        if address.view.cache_class != "public" and not name.startswith("demo"):
            path = address.path(world.arguments(address))
            front.ask(path)
    assert len(front.pages.store.pages) == 0


def test_what_a_stranger_plants_is_in_no_page_that_is_kept(front, world):
    said = {"cookie": f"name={PLANTED}; {TOKEN}", "referer": f"http://testserver/{PLANTED}/", "user_agent": PLANTED}
    said |= {"x_forwarded_for": PLANTED, "accept_language": PLANTED, "origin": PLANTED, "x_forwarded_host": PLANTED}
    for address in PUBLIC.values():
        front.ask(address.path(world.arguments(address)), **said)
    pages = front.pages.store.pages
    assert len(pages) > 15
    for key, page in pages.items():
        found = [word for word in (PLANTED, "csrfmiddlewaretoken", "nonce") if word in str((page.headers, page.body))]
        assert (found, dict(page.headers).get("Set-Cookie")) == ([], None), key


def test_whoever_has_a_session_is_answered_by_the_site(front):
    front.read(TOPIC)
    answer = front.ask(TOPIC, cookie=f"a=b; {SESSION}")
    assert (answer.headers["Cache-Control"], len(front.made)) == ("private, no-store", 2)
    assert "X-Accel-Expires" not in answer.headers
    front.ask(TOPIC, authorization="Basic YTpi")
    assert len(front.made) == 3


def test_a_token_that_lies_in_the_browser_keeps_nobody_from_a_kept_page(front):
    front.read(TOPIC)
    front.ask(TOPIC, cookie=TOKEN)
    assert len(front.made) == 1


@pytest.mark.parametrize(
    "otherwise",
    [{"host": "localhost"}, {"scheme": "https"}, {"x_forwarded_proto": "https"}, {"x_forwarded_proto": "https, http"}],
    ids=lambda said: next(iter(said)),
)
def test_hosts_and_schemes_do_not_mix(front, settings, otherwise):
    settings.ALLOWED_HOSTS, settings.SECURE_PROXY_SSL_HEADER = ["testserver", "localhost"], None
    if "x_forwarded_proto" in otherwise:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    first, other = front.read("/feed.atom"), front.read("/feed.atom", **otherwise)
    assert front.made == ["/feed.atom", "/feed.atom"]
    assert first != other
    assert (front.read("/feed.atom"), front.read("/feed.atom", **otherwise)) == (first, other)


def test_a_host_that_is_not_ours_gets_nothing_kept(front):
    assert [front.ask(TOPIC, host="elsewhere.example").status for _ in range(2)] == [400, 400]
    assert len(front.pages.store.pages) == 0


def test_head_is_answered_from_the_page_and_keeps_it(front):
    head, page, again = front.ask(TOPIC, "HEAD"), front.ask(TOPIC), front.ask(TOPIC, "HEAD")
    assert (head.status, head.body, again.body, front.made) == (200, b"", b"", [TOPIC])
    assert head.headers == again.headers == page.headers
    assert int(page.headers["Content-Length"]) == len(page.body)


def test_head_of_what_is_not_kept_has_no_bytes_either(front):
    assert [front.ask("/nowhere/", "HEAD").body, front.ask("/contact/", "HEAD").body] == [b"", b""]


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("br;q=0", "", bytes)],
)
def test_a_page_is_packed_as_the_browser_wants_it(front, accepted, coding, unpack):
    plain, packed = front.ask(TOPIC), front.ask(TOPIC, accept_encoding=accepted)
    assert unpack(packed.body) == plain.body
    assert packed.headers.get("Content-Encoding", "") == coding
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert (packed.headers["ETag"] == plain.headers["ETag"]) is (coding == "")
    assert front.made == [TOPIC]


@pytest.mark.parametrize("written", ["{}", "W/{}", '"other", {}', "*"])
def test_a_browser_that_has_the_page_is_told_so(front, written):
    page = front.ask(TOPIC, accept_encoding="br")
    answer = front.ask(TOPIC, accept_encoding="br", if_none_match=written.format(page.headers["ETag"]))
    assert (answer.status, answer.body) == (304, b"")
    same = ("ETag", "Cache-Control", "Vary", "Content-Security-Policy", "X-Accel-Expires")
    assert {name: answer.headers[name] for name in same} == {name: page.headers[name] for name in same}


def test_a_browser_that_has_another_page_gets_this_one(front):
    asked = {"if_none_match": '"other"'}
    assert [front.ask(TOPIC, **asked).status for _ in range(2)] == [200, 200]
    plain = front.ask(TOPIC).headers["ETag"]
    assert front.ask(TOPIC, accept_encoding="br", if_none_match=plain).status == 200


@pytest.mark.parametrize("path", [TOPIC, "/feed.atom", "/sitemap.xml"])
@pytest.mark.parametrize("name", ["if_none_match", "if_modified_since", "if_match", "if_unmodified_since"])
def test_a_first_question_with_a_condition_still_makes_the_whole_page(front, article, path, name):
    whole = Front().read(path)
    said = '"other"' if name == "if_match" else "*" if name == "if_none_match" else "Sun, 06 Nov 2044 08:49:37 GMT"
    front.ask(path, **{name: said})
    assert (front.read(path), front.made) == (whole, [path])


@pytest.mark.parametrize("question", ["utm_source=letter", "q=canal", "comments=2&fbclid=1", "a", "before=&x="])
def test_an_address_with_other_questions_is_never_kept(front, question):
    for _ in range(2):
        front.ask(f"{TOPIC}?{question}")
    assert len(front.made) == 2


def test_the_pages_of_a_list_are_kept(front):
    before = f"before={write(timezone.now(), 1)}"
    for address in ["/authors/?from=a", f"/archive/?{before}", f"{TOPIC}?{before}"] * 2:
        front.ask(address)
    assert len(front.made) == 3


@pytest.mark.parametrize(
    "address",
    ["/authors/?from=A", "/authors/?from=a&from=b", "/authors/?before=", "/about/?from=a", "/?comments=1",
     "{article}?comments=01", "{article}?comments=2", "{article}?from=a", "/articles/0{rest}"],
)
def test_a_page_is_kept_under_no_address_that_no_link_of_ours_has(front, article, address):
    path = article.get_absolute_url()
    for _ in range(2):
        answer = front.ask(address.format(article=path, rest=path.removeprefix("/articles/")))
        assert (answer.status, "X-Accel-Expires" in answer.headers) == (200, False)
    assert len(front.made) == 2


def test_a_month_in_which_nothing_came_out_makes_no_page(front, article):
    assert {front.ask(f"/archive/{year}/5/").status for year in range(9, 2010, 100)} == {404}
    assert front.pages.store.pages == {}


@pytest.mark.parametrize("status", [500, 503, 404, 410, 302])
def test_only_pages_that_are_there_are_kept(db, status):
    def site(environ, start_response):
        start_response(f"{status} Said", [("ETag", '"a"'), ("Content-Type", "text/html")])
        return HttpResponse(b"no")

    front = Front(site)
    front.ask(TOPIC), front.ask(TOPIC)
    assert len(front.made) == 2


def test_a_form_is_answered_by_the_site_and_the_version_is_read_again(front):
    front.pages.watch._label = "as it was"
    assert front.ask(reverse("contact"), "POST").status != 500
    assert front.pages.watch._label is None


def of_one_size(environ, start_response):
    """Answer like a site whose pages are all known and equally long."""
    environ[kept.KEEP], environ[kept.ANSWERED] = True, environ["QUERY_STRING"]
    start_response("200 OK", [("ETag", '"a"'), ("Content-Type", "text/html")])
    return HttpResponse(b"x" * 20_000)


@pytest.mark.parametrize(("length", "is_kept"), [(250_000, True), (250_001, False)])
@pytest.mark.parametrize("is_for_all", [True, False])
def test_nginx_is_told_to_keep_nothing_large(db, length, is_kept, is_for_all):
    def site(environ, start_response):
        environ[kept.KEEP] = is_for_all
        start_response("200 OK", [("ETag", '"a"'), ("Content-Length", str(length))])
        return HttpResponse(b"x" * length)

    assert ("X-Accel-Expires" in Front(site).ask("/").headers) is is_kept


@pytest.mark.parametrize(("path", "room"), [("/page-{}/", 6), ("/authors/?from=a{}", 2)])
def test_pages_that_nobody_asked_for_longest_go_first(db, path, room):
    front = Front(of_one_size, room=kept.KeptPage([], b"x" * 20_000, 0).size * 8)
    for number in range(room + 2):
        front.ask(path.format(number)), front.ask(path.format(0))
    front.made.clear()
    for number in [0, *range(room + 1, 2, -1)]:
        front.ask(path.format(number))
    assert front.made == []
    front.ask(path.format(1))
    assert len(front.made) == 1


@pytest.mark.parametrize(("path", "host"), [("/authors/?from=a{}", "testserver"), ("/authors/", "testserver:{}")])
def test_whoever_makes_up_ten_thousand_addresses_pushes_no_page_out(db, path, host):
    front = Front(of_one_size)
    front.ask("/")
    for number in range(10_000):
        front.ask(path.format(number), host=host.format(number))
    front.made.clear()
    front.ask("/"), front.ask(path.format(9999), host=host.format(9999))
    assert front.made == []


def test_without_room_every_page_is_made(db):
    front = Front(room=0)
    front.ask(TOPIC), front.ask(TOPIC)
    assert len(front.made) == 2


def test_while_a_site_is_developed_every_page_is_made(settings):
    settings.DEBUG = True
    assert fresh.kept_in_front_of("the site") == "the site"


def test_nginx_may_keep_a_page_to_the_end_of_its_second_and_not_to_when_it_changes():
    assert kept.Label(at=1000.4, version=1, until=2000).expires == "@1000"
    assert kept.Label(at=1000.4, version=1, until=1001.5).expires == "@1000"
    assert kept.Label(at=1000.4, version=1, until=1000.7).expires == "@999"


@pytest.mark.parametrize(
    ("at", "now", "counts"),
    [(1000.4, 1000.6, True), (1000.4, 1000.95, False), (1000.8, 1001.1, False), (1000.4, 1000.2, False)],
)
def test_a_version_counts_for_half_a_second_of_the_one_in_which_it_was_read(at, now, counts):
    with time_machine.travel(now, tick=False):
        assert kept.Label(at=at, version=1, until=2000).counts is counts
