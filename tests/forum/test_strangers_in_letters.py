"""Whatever people type, no letter of ours carries a link of theirs, or their words as its subject."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.template import defaulttags
from django.utils import timezone

from articles.workflow import CO_AUTHOR, TO_THE_DESK
from forum.lib.mail import compose
from forum.lib.text.links import unpressable
from tests import makers

TYPED = (
    "Buy at https://spam.example/now?a=b or www.spam.example, spam.example, HTTP://SPAM.EXAMPLE:8000/x, mailto:"
    f"me@spam.example, {settings.SITE_URL}.spam.example/x and {settings.SITE_URL}/,https://spam.example/, "
    "//spam.example, spam\u00ad.example, https:\u200b//spam.example, spam.\u2060example, пример.рф today"
)
UNSEEN = "[\u00ad\u200b\u2060]*"
PRESSABLE = re.compile(rf"\S*\w:{UNSEEN}//\S+|\S*\w{UNSEEN}\.{UNSEEN}[^\W\d_]{{2}}\S*")
FOLDER = next(folder for folder in settings.TEMPLATES[0]["DIRS"]) / "mail"
LETTERS = [str(file.relative_to(FOLDER).with_suffix("")) for file in sorted(FOLDER.rglob("*.txt"))]
WHOLE = [name for name in LETTERS if "/_" not in name]
TO_OTHERS = [name for name in WHOLE if name.endswith((*TO_THE_DESK, CO_AUTHOR))]
TO_OTHERS += ["articles/guest", "articles/ask_guest", "articles/ask_consent", "articles/send_link", "articles/take_off"]
MOST_OF_A_TITLE, MOST_OF_OURS = 60, 55
OF_DATES = ("year", "month", "day", "hour", "minute", "weekday", "tzinfo")


class Typed:
    """Something whose every part is what a stranger typed."""

    do_not_call_in_templates = True

    def __getattr__(self, name):
        if name.startswith("__") or name in OF_DATES:
            raise AttributeError(name)
        return self

    def __call__(self, *args):
        return self

    def __iter__(self):
        return iter([self])

    def __len__(self):
        return 1

    def __str__(self):
        return TYPED


@pytest.fixture
def letter(monkeypatch):
    """Return a letter in which everything but its own words is what a stranger typed."""
    monkeypatch.setattr(defaulttags.URLNode, "render", lambda node, context: "/somewhere/")
    monkeypatch.setattr("articles.citations.plain", lambda *args: TYPED)
    row = Typed()
    row.due = None
    names = "submission article person event letter points notes message request appeal ruling sanction comment"
    names += " report case notices subscriber holiday receipt name change code email"
    said = {name: Typed() for name in names.split()} | {"late": [(TYPED, row)], "rest": [(TYPED, row)]}
    piece = said["submission"]
    piece.lapses_at = piece.publish_at = timezone.now() + timedelta(days=9)  # nobody types these as she likes
    return lambda template: compose(template, said, to="reader@example.org")


def pressable(text):
    found = [match[0].strip("“”().,") for match in PRESSABLE.finditer(text)]
    ours = (f"{settings.SITE_URL}/", "reader@example.org")
    return [address for address in found if not address.startswith(ours) and address != settings.SITE_URL]


@pytest.mark.parametrize("template", WHOLE)
def test_no_letter_makes_a_link_of_what_somebody_typed(template, letter):
    mail = letter(template)
    assert pressable(mail.body) == []
    assert pressable(mail.subject) == []
    links = re.findall(r'href="([^"]*)"', mail.alternatives[0].content)
    assert {link for link in links if not link.startswith(f"{settings.SITE_URL}/")} <= {settings.SITE_URL}


@pytest.mark.parametrize("template", TO_OTHERS)
def test_no_letter_to_somebody_else_has_a_strangers_words_as_its_subject(template, letter):
    assert len(letter(template).subject) < MOST_OF_A_TITLE + MOST_OF_OURS


def test_a_link_the_desk_wrote_can_be_pressed_and_one_the_author_typed_cannot(sami, edith, work, mailoutbox):
    piece = makers.a_submitted(sami, title="Read spam.example")
    piece.decline(by=edith, letter="Not for us; see https://style.example/quotes.")
    work()
    assert pressable(mailoutbox[-1].body) == ["https://style.example/quotes"]
    assert 'href="https://style.example/quotes"' in mailoutbox[-1].alternatives[0].content


def test_words_with_dots_stay_as_they_are():
    words = "J.R.R. Tolkien, Ph.D., of the U.S.A. (3.14 and 10:30): e.g. this; see 1 and so on... Yes."
    assert unpressable(words, ours="https://forum.example") == words


@pytest.mark.parametrize("between", [")", ",", "|", ";", "<", "’", "\u3002", "@", "//"])
def test_an_address_of_ours_lends_nothing_to_what_is_typed_behind_it(between):
    ours = "https://forum.example"
    for typed in (f"{ours}/{between}spam.example", f"{ours}{between}spam.example"):
        assert ".example" not in unpressable(typed, ours=ours)
