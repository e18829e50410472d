"""A secret word stands in everything that is not public; then everybody walks through the whole site."""

import re
from collections import Counter
from datetime import time
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core import mail
from django.core.cache import cache
from django.urls import Resolver404, resolve

from accounts import clock
from accounts.mail import post_code
from accounts.models import Delivery
from accounts.postman import send_due
from alerts.models import Subscriber
from articles import promises
from articles.models import (
    Article,
    Author,
    AuthorNote,
    Conflict,
    Message,
    SafetyRequest,
    StaffNote,
    Submission,
    Upload,
)
from articles.signing import digest_of
from articles.workflow import OPEN, SUBMISSION
from comments.models import Appeal, Comment, Mute, Ruling
from forum import digest
from forum.lib.moves import Guest
from tests import access, makers
from tests.articles.test_workflow import in_state
from tests.comments import making
from tests.comments.planting import plant
from tests.conftest import everybody, keep_files, standing

EDITORS = {"edith", "eno", "maggie"}
MODERATORS = {"mina", *EDITORS}
KEEPERS = {"maggie", "ada"}
LINK = re.compile(r'\b(?:href|src)="([^"]*)"')
MOST_OF_A_KIND = 2  # topics look alike, and so do forms: so many of each are opened, but each of these
EACH = {"article", "author", "question", "submission", "submission_picture", "comment", "message_receipt", "picture"}
EACH |= {f"admin:{name}" for name in ("submission", "article", "comment", "message", "safety_request")}
MOST_PAGES = 400
SITEMAPS = [f"/sitemap{file}.xml" for file in ("", "-pages", "-pieces-1", "-authors-1")]
STARTS = ["/", "/admin/", "/submissions/", "/comments/mine/", "/accounts/", "/robots.txt", *SITEMAPS, "/healthz"]


@pytest.fixture(autouse=True)
def _quick():
    with access.quick():
        yield


class Secrets:
    """Words that stand nowhere else, each with the people who may read it."""

    def __init__(self, mark=""):
        self.mark, self.readers = mark, {}

    def __call__(self, what, may):
        word = f"xq{self.mark}{what}zz".replace("_", "")
        self.readers[word] = set(may)
        return word

    def in_text(self, text, person):
        """Return the secrets in a text that this person may not read."""
        folded = text.casefold()
        return {word for word, may in self.readers.items() if person not in may and word in folded}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """Hide one of everything that is nobody's business; return secrets, people, what is public and the folder."""
    secret, folder = Secrets(), tmp_path_factory.mktemp("leaks")
    with standing(django_db_blocker, folder):
        cast = everybody()
        article = publish(cast)
        pieces(cast, secret)
        articles(cast, secret)
        comments(article, cast, secret)
        letters(article, secret)
        safety(article, cast, secret)
        yield secret, cast, article, folder


@pytest.fixture(autouse=True)
def _files(_own_files, told, settings):
    keep_files(settings, told[3])


@pytest.fixture
def secret(db, told):
    return told[0]


@pytest.fixture
def cast(db, told):
    return told[1]


@pytest.fixture
def public(db, told):
    return told[2]


def publish(cast):
    """Publish what readers see: two pieces, one with a discussion, on a question."""
    rosa, sami, mina, edith, maggie = (cast[name] for name in ("rosa", "sami", "mina", "edith", "maggie"))
    access.shorten_menus()
    article = makers.an_article(sami, edith, maggie, title="The harbour at noon")
    article.answers.create(question=makers.a_question(), stance="yes")
    makers.an_article(sami, edith, maggie, title="The harbour at dusk")
    making.a_published(article, rosa, mina)
    return article


def pieces(cast, secret):
    """A piece in each state, and the words that went to and fro about it."""
    sami, edith, eno, maggie = (cast[name] for name in ("sami", "edith", "eno", "maggie"))
    for state in SUBMISSION.states:
        piece = in_state(state, cast)
        may = {"sami"} if state == "draft" else {"sami", *EDITORS}
        title, text, life, deed = (secret(f"{state}{part}", may) for part in ("title", "body", "life", "deed"))
        type(piece).objects.filter(pk=piece.pk).update(
            title=title, standfirst=text, body=f"<p>{text}</p>", html=f"<p>{text}</p>"
        )
        piece.declarations.filter(key="interests").update(answer="yes")
        piece.declarations.update(words=deed)
        piece.bylines.update(biography=life)
        if state in OPEN:
            piece.write_editor(by=sami, letter="May I ask?")
        piece.letters.update(text=secret(f"{state}letter", may), html=f"<p>{secret(f'{state}letter', may)}</p>")
        for letter in piece.letters.all():
            letter.points.update(text=secret(f"{state}point", may), words=secret(f"{state}reply", may), answer="done")
        Upload.keep(
            piece, b"as it came", name=f"{secret(f'{state}file', may)}.docx", by=sami, remarks=[],
            title=secret(f"{state}read", may), body=f"<p>{secret(f'{state}read', may)}</p>",
        )  # fmt: skip
        piece.events.update(note=secret(f"{state}note", may))
        if state != "draft":
            hers = EDITORS | ({"sami"} if piece.state.with_authors else set())
            AuthorNote.objects.create(submission=piece, by=edith, text=secret(f"{state}hers", hers))
            piece.author_notes.hand_over()
            AuthorNote.objects.create(submission=piece, by=edith, text=secret(f"{state}later", EDITORS))
            StaffNote.objects.create(submission=piece, by=edith, text=secret(f"{state}among", EDITORS))
        if state == "published":
            edition = piece.article.edition
            type(edition).objects.filter(pk=edition.pk).update(title=title, standfirst=text, html=text, body=text)
            edition.bylines.update(biography=life)
            type(piece.article).objects.filter(pk=piece.article.pk).update(slug=title)
    apart = makers.a_submitted(sami, title=secret("apart", {"sami", "edith", "maggie"}))
    Conflict.declare(apart, by=eno, reason=secret("reason", {"edith", "maggie"}))
    apart.write_editor(by=sami, letter=secret("whisper", {"sami", "edith", "maggie"}))
    off = makers.a_scheduled(sami, edith, maggie, title=secret("calledoff", {"sami", *EDITORS}))
    off.unschedule(by=maggie)


def articles(cast, secret):
    """A piece that was removed, words that were corrected, and a person behind a pen name."""
    sami, edith, maggie = cast["sami"], cast["edith"], cast["maggie"]
    desk = {"sami", *EDITORS}
    title = secret("gone", desk | {"rosa", "mina"})  # who read it when it was public
    gone = makers.an_article(sami, edith, maggie, title=title, body=f"<p>{secret('gonebody', desk)}</p>")
    making.a_published(gone, cast["rosa"], cast["mina"], text=secret("under", {"rosa", *MODERATORS}) + " was said.")
    gone.remove(by=maggie, notice="A court has asked for it.")
    earlier = f"<p>{secret('before', access.PEOPLE)}</p>"  # its versions stay open to everybody
    now = makers.an_article(sami, edith, maggie, title="The old harbour", body=earlier)
    now.amend(by=edith, change="correction", note="One word was wrong.", body="<p>The harbour is old.</p>")
    behind = makers.a_person(secret("behind", EDITORS | {"ada", "behind"}).capitalize())
    cast["behind"] = behind
    piece = makers.an_accepted(behind, edith, title="The masked harbour")
    piece.credit(by=edith, version=piece.version, bylines=[(None, "Pen Kirsch", "Writes under another name.")])
    piece.send_proof(by=edith)
    piece.sign_off(by=behind, digest=digest_of(piece))
    piece.publish(by=maggie)


def comments(article, cast, secret):
    """A comment in every state in which others may not read it, and a report."""
    rosa, mina = cast["rosa"], cast["mina"]
    for state in making.UNREADABLE:
        making.COMMENTS_IN[state](article, rosa, mina, secret(f"comment{state}", {"rosa", *MODERATORS}) + " is said.")
    said = making.a_published(article, rosa, mina, "The harbour master disagrees with the harbour.")
    reporter = Guest(f"{secret('reporter', {'reporter', 'ada'})}@example.org")
    making.a_report(said, by=reporter, words=secret("report", MODERATORS))
    other = making.a_published(article, rosa, mina, "The harbour master agrees with the harbour.")
    other.remove(by=mina, rule=making.a_rule(), reason=secret("ruling", {"rosa", *MODERATORS}))
    Appeal.submit(other.ruling, by=rosa, words=secret("objection", {"rosa", *MODERATORS}))
    plant(article, cast, secret)


def letters(article, secret):
    """A message to the editors and two addresses on the mailing list."""
    address = f"{secret('sender', {'sender', *MODERATORS, 'ada'})}@example.org"
    Message.send(by=Guest(address), kind="contact", text=secret("message", MODERATORS), email=address, article=article)
    for state in ("pending", "confirmed"):
        subscriber = Subscriber.join(by=Guest(f"{secret(state + 'list', {state, *KEEPERS})}@example.org"))
        if state == "confirmed":
            subscriber.confirm(by=subscriber.holder)


def safety(article, cast, secret):
    """What an author asked for her safety, which the officer alone may read beside her."""
    words = {"name": secret("safename", {"sami", "maggie"}), "text": secret("safetext", {"sami", "maggie"})}
    SafetyRequest.ask(by=cast["sami"], submission=article.submission, kind="name", **words)


class Walk:
    """Everything one person can reach: each path with its status and its text."""

    def __init__(self, browser, starts=STARTS):
        self.browser, self.waiting, self.pages, self.came_from = browser, list(starts), {}, {}
        self.opened, self.files = Counter(), set()
        while self.waiting and len(self.pages) < MOST_PAGES:
            self._open(self.waiting.pop(0))

    def _open(self, path):
        if path in self.pages or not self._is_new_enough(path):
            return
        response = self.browser.get(path)
        text = response.getvalue().decode(errors="replace") + str(response.headers.get("Location", ""))
        self.pages[path] = (response.status_code, unescape(text))
        links = LINK.findall(text) if "html" in response.headers.get("Content-Type", "") else []
        for link in [*links, *filter(None, [response.headers.get("Location")])]:
            self._note(urljoin(f"http://testserver{path}", unescape(link)), path)

    def _note(self, link, page):
        parts = urlsplit(link)
        if parts.netloc != "testserver" or parts.scheme != "http":
            return
        if parts.path.startswith("/static/"):
            self.files.add(parts.path.removeprefix("/static/"))
            return
        path = parts.path + (f"?{parts.query}" if parts.query and "next=" not in parts.query else "")
        self.came_from.setdefault(path, page)
        self.waiting.append(path)

    def _is_new_enough(self, path):
        if path.startswith("/demo/"):
            return False
        parts = urlsplit(path)
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            return True
        kind = (name, parts.query) if name in EACH else name  # each of these, but not with every question of a page
        self.opened[kind] += kind == name or bool(parts.query)
        return self.opened[kind] <= MOST_OF_A_KIND

    def nowhere(self):
        """Return the links that lead to nothing or to a refusal, each with the page it stands on."""
        return {
            (path, status, self.came_from.get(path))
            for path, (status, _text) in self.pages.items()
            if status >= 400 and status != 410 and self.came_from.get(path, "/admin/") != "/admin/"
        }


@pytest.mark.parametrize("person", access.PEOPLE)
def test_nobody_reads_what_is_not_theirs_and_no_link_leads_nowhere(person, cast, secret):
    browser = access.browser_of(cast.get(person))
    walk = Walk(browser)
    leaks = {(word, path) for path, (_, text) in walk.pages.items() for word in secret.in_text(text, person)}
    assert leaks == set()
    assert walk.nowhere() == set()
    assert {file for file in walk.files if not finders.find(file)} == set()
    assert len(walk.pages) > 60
    assert sum("The harbour at noon" in text for _, text in walk.pages.values()) > 5
    assert person in ("edith", "maggie") or leaks_of_guessing(browser, person, secret, walk.pages) == set()


def leaks_of_guessing(browser, person, secret, told):
    """Return what somebody would read who tries addresses that no page told; two may read nearly all anyway."""
    leaks = set()
    for path in {*guesses()}.difference(told):
        response = browser.get(path)
        text = unescape(response.getvalue().decode(errors="replace")) + str(response.headers.get("Location", ""))
        leaks |= {(word, path) for word in secret.in_text(text, person) if word not in path}
        leaks |= {(500, path)} if response.status_code == 500 else set()
    return leaks


def guesses():
    """Return every address filled in with the names and numbers of what is hidden, as far as one could guess them."""
    submission = Submission.objects.order_by("-pk")
    hidden_pieces = [piece for piece in submission if "xq" in piece.title]
    gone = Article.objects.filter(edition__title__contains="xq")
    pools = {
        "code": [{"code": piece.code} for piece in hidden_pieces],
        "year": [{"year": a.year, "slug": a.slug} for a in gone],
        "comments": [{"pk": pk} for pk in Comment.objects.values_list("pk", flat=True)],
        "articles": [{"pk": article.pk} for article in gone],
        "safety": [{"pk": pk} for pk in SafetyRequest.objects.values_list("pk", flat=True)],
        "messages": [{"pk": pk} for pk in Message.objects.values_list("pk", flat=True)],
        "authors": [{"slug": slug} for slug in Author.objects.values_list("slug", flat=True)],
    }
    usual = {"number": 1, "old": 1, "new": 2, "pk": 1, "object_id": 1, "app_label": "articles", "verb": "remove"}
    opened = {name: words.values() for name, (words, _) in access.table().items()}
    for address in access.addresses().values():
        pool = pools.get("code" if "code" in address.slots else _pool(address), [])
        is_a_verbs = "submission_" in address.name or address.name.startswith("admin:comment_")
        is_a_verbs |= "405" in opened[address.name]  # and is pressed alone: it shows nothing of anything
        some = pool[:2] if is_a_verbs else pool
        for found in some if address.slots and pool else []:
            given = {**usual, **found}
            if set(address.slots) <= set(given):
                yield address.path(given)


def _pool(address):
    if "year" in address.slots:
        return "year"
    return address.route.removeprefix("admin/").partition("/")[0]


def test_searching_for_a_secret_finds_as_much_as_searching_for_nonsense(cast, secret, settings):
    settings.THROTTLES = {**settings.THROTTLES, "search": (500, 1)}
    asked = [("nobody", "/search/", set(secret.readers))]
    apart = {word for word, may in secret.readers.items() if "eno" not in may}
    asked += [("eno", path, apart) for path in ("/admin/submissions/", "/admin/articles/", "/admin/messages/")]
    for person, path, words in asked:
        browser = access.browser_of(cast.get(person))
        nothing = _found(browser, path, "xqnothingzz")
        assert {word for word in words if _found(browser, path, word) != nothing} == set()
        assert _found(browser, path, "e") != nothing or path == "/search/"
    assert "at noon" in _found(access.browser_of(None), "/search/", "harbour")


def _found(browser, path, word):
    page = browser.get(path, {"q": word}).getvalue().decode()
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page).replace(word, "…")


def test_no_mail_tells_anybody_what_is_not_theirs(cast, secret, work, monkeypatch):
    monkeypatch.setattr(promises, "MORNING", time(0))
    digest.due()
    work()
    told = [
        (letter.to[0], word)
        for letter in mail.outbox
        for word in secret.in_text(f"{letter.subject} {letter.body} {letter.alternatives}", _who(letter, cast))
        if word not in letter.to[0]
    ]
    assert len(mail.outbox) > 20
    assert told == []


def _who(letter, cast):
    address = letter.to[0]
    return next((name for name, person in cast.items() if person.email == address), address)


def test_no_letter_is_kept_with_what_its_reader_may_not_know_and_the_desk_shows_none(cast, secret, queued):
    queued()
    people = {person.email: name for name, person in cast.items()}
    kept = [(letter.to, letter.subject + letter.text + letter.html) for letter in Delivery.objects.all()]
    told = {(to, word) for to, text in kept for word in secret.in_text(text, people.get(to, to)) if word not in to}
    assert told == set()
    ruling = Ruling.objects.get(reason__contains="xqruling")
    assert [to for to, text in kept if ruling.statement in text] == [cast["rosa"].email]
    walk = Walk(access.browser_of(cast["ada"]), ["/admin/accounts/delivery/"])
    assert {(word, path) for path, (_, text) in walk.pages.items() for word in secret.in_text(text, "ada")} == set()


A_KEY = re.compile(r"/[^/\s]*[A-Z:][^/\s]*/|\b\d{6}\b")  # no slug has these, and every token and receipt


def test_who_reads_the_table_of_letters_is_let_in_nowhere(cast, secret, queued, settings):
    def keys():
        kept = {letter: f"{letter.subject}\n{letter.text}\n{letter.headers}" for letter in Delivery.objects.all()}
        return {letter for letter, said in kept.items() if A_KEY.search(said.replace(settings.SITE_URL, ""))}

    post_code("rosa@example.org", "918273", 15)
    queued()
    assert keys() == set(Delivery.objects.filter(is_secret=True))
    assert len({letter.about for letter in keys()}) > 5
    send_due()
    clock.due()
    assert (keys(), [letter.html for letter in Delivery.objects.filter(is_secret=True) if letter.html]) == (set(), [])


def test_no_cache_keeps_what_was_removed(public, cast):
    browser, word = access.browser_of(None), "xqcachedzz"
    comment = making.a_published(public, cast["rosa"], cast["mina"], f"{word} was said.")
    pages = [public.get_absolute_url(), f"{public.get_absolute_url()}print/", "/", f"/comments/{comment.pk}/report/"]
    before = {page: browser.get(page) for page in pages}
    assert word in before[pages[0]].text
    comment.remove(by=cast["mina"], rule=making.a_rule(), reason="It is about a person.")
    for page, answer in before.items():
        again = browser.get(page, headers={"if-none-match": answer.headers.get("ETag", '"none"')})
        assert word not in again.text
        assert (again.status_code, page) == (200 if word in answer.text else again.status_code, page)
    assert word.encode() not in b"".join(cache._cache.values())


def test_whoever_is_muted_never_learns(public, cast):
    rosa, sami = cast["rosa"], cast["sami"]
    comment = Comment.objects.filter(author=rosa, discussion__article=public, number=1).get()
    starts = [public.get_absolute_url(), "/comments/mine/", "/accounts/profile/"]
    before = Walk(access.browser_of(rosa), starts).pages
    Mute.add(comment, by=sami)
    after = Walk(access.browser_of(rosa), starts).pages
    assert "You muted" in access.browser_of(sami).get(public.get_absolute_url()).text
    paths = {path for path in {*before, *after} if "/2fa/" not in path}  # a new key for each look
    assert {path for path in paths if _still(before, path) != _still(after, path)} == set()


def test_what_nobody_may_see_changes_no_public_page(public, cast):
    """Not a count, not a feed, not a sitemap: what is under way leaves no trace at all."""
    secret, said = Secrets("later"), making.a_published(public, cast["rosa"], cast["mina"], "The harbour is small.")
    before = Walk(access.browser_of(None)).pages
    pieces(cast, secret)
    making.a_comment(public, makers.a_person(), secret("waits", {"rosa"}) + " waits.")
    making.a_report(said, words=secret("report", MODERATORS))
    letters(public, secret)
    after = Walk(access.browser_of(None)).pages
    assert {path for path in {*before, *after} if _still(before, path) != _still(after, path)} == set()


CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|opened|key)" value="[^"]*"|nonce="[^"]*"|<updated>.*?</updated>', re.DOTALL
)


def _still(pages, path):
    status, text = pages.get(path, (0, ""))
    return status, CHANGING.sub("", text)
