"""Whatever anybody sends: never a broken page, and never a lost text."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zeal import zeal_ignore

from articles.declarations import BY_KEY
from articles.forms.author.writing import WriteForm
from forum.lib.web.typed import known
from tests import access, makers
from tests.comments import making

SITE = access.addresses()
OPENED = {name: rows[0] for name, rows in access.table().items()}
PRESSED = {name: rows[1] for name, rows in access.table().items()}
FIELD = re.compile(r"<(?:input|textarea|select)\b[^>]*\bname=\"([^\"]+)\"")
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
WORDS = "What I wrote in the night train, with its ending."
PRESSED_ONLY = {
    "submission_save_answers": ["version", "answer_1", "words_1"],
    "submission_save": [*WriteForm.base_fields, *BY_KEY, *(f"{key}_words" for key in BY_KEY)],
    "writing_again": ["title", "standfirst", "body", "name", "biography", "co_authors"],
    "submission_extend": ["seen"],
    "submission_take_back": ["seen"],
    "submission_copy": [],
    "comment_preview": ["text", "key", "website"],
    "comment_post": ["text", "key", "website", "opened", "step", "name", "email", "code"],
    "admin:comment_decide": ["seen", "rule", "reason"],
    "admin:appeal_decide": ["rule", "reason"],
    "admin:submissions_dismiss": ["ticked"],
    "rename": ["name"],
    "digest": ["digest"],
    "submission_finish_note": ["done"],
    "admin:submission_save_text": ["title", "standfirst", "body", "version"],
    "admin:keep": ["place"],
    "admin:discard_kept": ["place"],
}
LONG = f"{'a' * 60}@{'b' * 60}.{'c.' * 80}example.org"  # well made, and longer than any column for an address
HOSTILE = {
    "far too much": "treaty " * 5_000,
    "marks, strange letters and a NUL byte": "before\x00after <script>alert(1)</script>\"'>{{ 7|add:7 }}{% debug %}"
    "\u202e\u202c e\u0301\u0301 \ufdfa \U0001f600",
    "a long address": LONG,
    "a number below nothing": "-1",
    "a number beyond everything": "9" * 40,
}


class Everybody:
    """A browser for each person, made when it is first needed."""

    def __init__(self, world, cast):
        self.world, self.cast, self.browsers = world, cast, {}

    def who_opens(self, name):
        """Return the first person who can open an address, or else a press there."""
        people = [person for person in access.PEOPLE if OPENED[name][person] == "200"]
        people += [person for person in reversed(access.PEOPLE) if OPENED[name][person] in ("405", "302")]
        return people[0] if people else "nobody"

    def __getitem__(self, person):
        if person not in self.browsers:
            self.browsers[person] = access.browser_of(self.cast.get(person))
        return self.browsers[person]

    def opens(self, name, person=None):
        """Return what somebody meets who opens an address; unless she is named, the first who can."""
        person = person or self.who_opens(name)
        return self.world.opened(name, SITE[name], person, self[person])


def answer(browser, method, path, *args, **kwargs):
    """Return the status and the text of an answer, or what broke; whatever changed is undone."""
    cookies = dict(browser.cookies)
    with access.undone(), zeal_ignore():
        try:
            response = getattr(browser, method)(path, *args, **kwargs)
            found = response.status_code, unescape(response.getvalue().decode(errors="replace"))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            found = 500, repr(error)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return found


def forms(world, everybody):
    """Return each address that takes what a form sends: its name, who opens it, its path and its fields."""
    for name, address in SITE.items():
        person, path = everybody.who_opens(name), address.path(world.arguments(address))
        if name in PRESSED_ONLY:
            yield name, person, path, PRESSED_ONLY[name]
        elif OPENED[name][person] == "200" and PRESSED[name][person] != "405":
            page = everybody.opens(name, person).text
            own = [form for form in FORM.findall(page) if _goes_to(path, form.partition(">")[0])]
            if fields := {field for form in own for field in FIELD.findall(form)} - {"csrfmiddlewaretoken"}:
                yield name, person, path, sorted(fields)


def _goes_to(path, tag):
    return f'action="{path}"' in tag or "action=" not in tag


def test_no_form_breaks_and_none_loses_a_text(world, cast):
    everybody, wrong, tried = Everybody(world, cast), [], 0
    for name, person, path, fields in forms(world, everybody):
        tried += 1
        for what, value in HOSTILE.items():
            status, text = answer(everybody[person], "post", path, dict.fromkeys(fields, value))
            if status >= 500:
                wrong.append((name, what, text[-200:]))
        status, text = answer(everybody[person], "post", path, dict.fromkeys(_texts(fields), WORDS))
        if status >= 500 or (status != 302 and _texts(fields) and name not in SAID_BY_SCRIPT and WORDS not in text):
            wrong.append((name, "lost the text", status))
    assert wrong == []
    assert tried > 60


# answered to the script on the page, where the text still stands
SAID_BY_SCRIPT = {"submission_save", "admin:submission_save_text"}


NO_WORDS = {None, "code", "q", "first", "last"}  # secrets, what is looked for, and the desk's days


class Controls(HTMLParser):
    """The names a page's forms post under: those of its text boxes, and the values of everything else."""

    def __init__(self, page):
        super().__init__()
        self.boxes, self.rest = set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "select":
            self.select = said.get("name")
        elif tag == "option":
            self.rest.add((self.select, said.get("value") or ""))
        elif tag == "textarea" or (tag == "input" and said.get("type", "text") in ("text", "email", "url")):
            if said.get("class") != "website-field":
                self.boxes.add(said.get("name"))
        elif tag in ("input", "button") and said.get("type") not in ("password", "search", "file"):
            self.rest.add((said.get("name"), said.get("value") or "on"))


def test_every_text_box_is_known_as_one_and_nothing_else_is(world, cast):
    everybody, names, wrong, seen = Everybody(world, cast), known(), [], set()
    for name in SITE:
        met = everybody.opens(name)
        controls = Controls(met.text if met.status == 200 else "")
        seen |= controls.boxes
        wrong += [(name, box) for box in controls.boxes - NO_WORDS if not names.told(box, "Agreed.", {}).is_text]
        wrong += [(name, *rest) for rest in controls.rest if rest[0] not in NO_WORDS and names.told(*rest, {}).is_text]
    assert wrong == []
    assert {"title", "login", "letter", "by-0-name", "original_words", "point_1"} <= seen


def _texts(fields):
    wanted = ("text", "body", "letter", "note", "notice", "reason", "words", "title", "biography", "caption", "summary")
    return [field for field in fields if field in wanted]


def test_no_question_in_an_address_breaks_a_page(world, cast):
    everybody, wrong = Everybody(world, cast), []
    names = ["q", "before", "after", "comments", "state", "only", "revision", "next", "o", "p", "e"]
    names += ["status__exact", "all"]
    for name, address in SITE.items():
        person, path = everybody.who_opens(name), address.path(world.arguments(address))
        for value in ("%FF%FE%00", "9" * 400):
            asked = "&".join(f"{question}={value}" for question in names)
            status, text = answer(everybody[person], "get", f"{path}?{asked}")
            if status >= 500:
                wrong.append((name, value[:12], text[-200:]))
    assert wrong == []


def test_no_method_breaks_a_page(world, cast):
    everybody, wrong = Everybody(world, cast), []
    for (name, address), method in product(SITE.items(), ("put", "head")):
        person = everybody.who_opens(name)
        if method == "head" and person != "nobody":
            continue  # what is not public is one more GET, and no cache or crawler asks for it
        status, text = answer(everybody[person], method, address.path(world.arguments(address)))
        if status >= 500:
            wrong.append((name, method, text[-200:]))
    assert wrong == []


def test_a_strange_name_or_number_is_not_found(world, cast):
    everybody, wrong = Everybody(world, cast), []
    with_slots = [(name, address) for name, address in SITE.items() if address.slots]
    for (name, address), strange in product(with_slots, ("9" * 30, "%00", "%FF", "a" * 3000, quote("..'\"<b>"))):
        path = address.path(dict.fromkeys(address.slots, strange))
        status, text = answer(everybody[everybody.who_opens(name)], "get", path)
        if status >= 500 or (status == 200 and address.slots != ["app_label"]):
            wrong.append((name, strange[:12], status, text[-200:]))
    assert wrong == []


BODIES = {
    "text that is no form": ("application/json", b'{"text": "nothing"'),
    "a torn upload": ("multipart/form-data; boundary=xx", b"--xx\r\nContent-Disposition: form-data; name="),
    "letters that are none": ("application/x-www-form-urlencoded", b"text=%ff%fe&email=\xff\xfe&name=%00"),
    "another alphabet": ("application/x-www-form-urlencoded; charset=utf-7", b"text=+ADw-script+AD4-"),
    "a thousand fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(1000))),
}


def test_a_body_that_makes_no_sense_breaks_nothing(world, cast):
    everybody, wrong = Everybody(world, cast), []
    taking = [name for name, address in SITE.items() if name in PRESSED_ONLY or address.view.cache_class == "never"]
    for name, (what, (kind, data)) in product(taking, BODIES.items()):
        path = SITE[name].path(world.arguments(SITE[name]))
        status, text = answer(everybody[everybody.who_opens(name)], "post", path, data, content_type=kind)
        if status >= 500:
            wrong.append((name, what, text[-200:]))
    assert wrong == []


@pytest.mark.parametrize("person", ["nobody", "maggie"])
def test_a_stale_form_gives_the_text_back(person, world, cast):
    browser, lost = Client(enforce_csrf_checks=True), []
    if person != "nobody":
        browser.force_login(cast[person], backend=access.BACKEND)
    sent = {"text": WORDS, "password": "a secret sentence"}
    for name, address in SITE.items():
        if name not in WITHOUT_TOKEN:
            status, text = answer(browser, "post", address.path(world.arguments(address)), sent)
            if status != 403 or WORDS not in text or "a secret sentence" in text:
                lost.append((name, status))
    assert lost == []


WITHOUT_TOKEN = {
    "comment_preview",  # changes nothing, so that the box can stand on a public page
    "stop_comment_mail",  # pressed by mail programs (RFC 8058)
}

LATE = "/submissions/{code}/take_back/"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 429])
def test_every_no_is_a_page_of_the_site(status, cast, settings, article):
    settings.THROTTLES = {**settings.THROTTLES, "message": (0, 60)}
    sami = access.browser_of(cast["sami"])
    code = makers.in_review(cast["sami"], cast["edith"]).code
    gone = makers.an_article(cast["sami"], cast["edith"], cast["maggie"], title="Gone")
    gone.remove(by=cast["maggie"], notice="A court has asked for it.")
    response = {
        400: lambda: sami.post("/contact/", b"x=1&" * 600, content_type="application/x-www-form-urlencoded"),
        403: lambda: sami.get("/admin/", follow=True),
        404: lambda: sami.get("/nowhere/"),
        405: lambda: sami.post("/about/"),
        409: lambda: sami.post(LATE.format(code=code), {"note": WORDS}),
        410: lambda: sami.get(gone.get_absolute_url()),
        413: lambda: sami.post("/contact/", {"text": "x"}, CONTENT_LENGTH=str(settings.MAX_BODY + 1)),
        429: lambda: sami.post("/contact/", {"text": WORDS, "opened": _opened(sami)}),
    }[status]()
    page = response.getvalue().decode()
    assert response.status_code == status
    assert '<html lang="en"' in page
    assert "masthead" in page
    assert "site.css" in page
    assert re.search(r"<title>[^<]+</title>", page)
    if status in (409, 429):
        assert WORDS in page


def _opened(browser):
    return re.search(r'name="opened"[^>]*value="([^"]+)"', browser.get("/contact/").getvalue().decode())[1]




@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/contact/", {"text": "A message that is long enough."}),
        ("/alerts/", {}),
        ("/accounts/signup/", {"step": "send", "name": "Ines"}),
        ("/accounts/password/reset/", {}),
        ("/accounts/login/code/", {}),
        ("/accounts/login/", {"login": LONG, "password": "a short sentence"}),
        ("{article}correct/", {"text": "The year is wrong."}),
        ("{comment}", {"reason": "attack", "words": ""}),
        ("{article}comments/post/", {"text": WORDS, "step": "send", "name": "Ines"}),
    ],
)
def test_an_address_longer_than_any_mail_has_is_refused(path, said, article, rosa, mina):
    comment = making.a_published(article, rosa, mina)
    path = path.format(article=article.get_absolute_url(), comment=f"/comments/{comment.pk}/report/")
    opened = {"opened": _opened(Client()), "website": "", "revision": comment.current_id}
    status, text = answer(Client(), "post", path, {**opened, **said, "email": LONG})
    assert status == 200
    assert "at most 254" in text
    assert LONG in text


ANY_WORDS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@ANY_WORDS
@given(words=st.text(max_size=240))
def test_any_words_can_be_looked_for(words, article):
    status, _ = answer(Client(), "get", "/search/", {"q": words.encode("utf-8", "replace")})
    assert status == 200


@ANY_WORDS
@given(words=st.text(min_size=1, max_size=400))
def test_any_words_can_be_shown_before_they_are_posted(words, article):
    sent = {"text": words.encode("utf-8", "replace").decode()}
    status, text = answer(Client(), "post", f"{article.get_absolute_url()}comments/", sent)
    assert status == 200
    assert "<script>" not in text
