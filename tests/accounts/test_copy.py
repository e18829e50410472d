"""The copy of all that is kept about somebody: what is in it, and what of others is not."""

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Delivery, User
from alerts.models import Subscriber
from articles.models import AuthorNote, Message, Picture, StaffNote, Upload
from articles.models.private.byline import Consent
from comments.models import Appeal, Follow
from forum.lib.moves import Guest
from tests import makers
from tests.comments import making

pytestmark = pytest.mark.django_db
FOG = '<p>A <strong>fog</strong> signal<span class="footnote">Heard in Narvik.</span> is H<sub>2</sub>O.</p>'


def unpacked(browser):
    """Return what is in the zip that somebody gets, by name."""
    answer = browser.post("/accounts/copy/")
    assert answer.headers["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.getvalue())) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_an_author_takes_her_piece_along_as_markdown_with_the_files_she_sent(sami, edith, signed_in):
    piece = makers.in_review(sami, edith, title="雾笛的用处", body=FOG)
    file = Upload.keep(piece, b"as it came", name="essay.docx", by=sami, remarks=[], body=FOG)
    picture = Picture.keep(b"as it came too", submission=piece)
    got = unpacked(signed_in(sami))
    text = got[f"pieces/{piece.code}.md"].decode()
    assert text.startswith("# 雾笛的用处\n\n")
    assert text.endswith("A **fog** signal[^1] is H<sub>2</sub>O.\n\n[^1]: Heard in Narvik.\n")
    assert got[f"pieces/{piece.code}/{file.pk}.docx"] == b"as it came"
    assert got[f"pieces/{piece.code}/picture-{picture.key}"] == b"as it came too"


def test_a_file_that_is_lost_is_named_and_holds_up_nothing(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    lost = Picture.keep(b"as it came", submission=piece)
    Path(lost.original.path).unlink()
    got = unpacked(signed_in(sami))
    assert f"pieces/{piece.code}.md" in got
    assert json.loads(got["data.json"])["Files that are no longer on our disk"] == [
        {"name": f"pieces/{piece.code}/picture-{lost.key}"}
    ]


def test_a_reader_finds_her_comments_in_every_wording_and_what_was_decided(article, rosa, sami, mina, signed_in):
    comment = making.a_published(article, rosa, mina)
    comment.remove(by=mina, rule=making.a_rule(), reason="It names a private person.")
    report = making.a_report(making.a_published(article, sami, mina), by=rosa, words="Look at the third line.")
    Appeal.submit(comment.ruling, by=rosa, words="She is a minister.")
    Follow.begin(article.discussion, by=rosa)
    data = json.loads(unpacked(signed_in(rosa))["data.json"])
    assert [wording["words"] for wording in data["Your comments"][0]["wordings"]] == [making.WORDS]
    assert "It names a private person." in data["Decisions about your comments and you"][0]["statement"]
    assert data["Your reports"][0]["words"] == "Look at the third line."
    assert data["Your reports"][0]["receipt"] == report.get_absolute_url()
    assert data["Your objections"][0]["words"] == "She is a minister."
    assert len(data["Discussions you follow"]) == 1


def test_messages_under_a_proven_address_are_hers_and_others_are_not(rosa, signed_in):
    Message.send(by=Guest(rosa.email), kind="contact", text="Where is my essay?", email=rosa.email)
    Message.send(by=Guest("nadia@example.org"), kind="contact", text="Not hers.", email="nadia@example.org")
    data = json.loads(unpacked(signed_in(rosa))["data.json"])
    assert [message["words"] for message in data["Your messages to the editors"]] == ["Where is my essay?"]


def test_nothing_that_editors_say_among_themselves_is_in_it(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    StaffNote.write(piece, by=edith, text="Between us: too long by half.")
    got = unpacked(signed_in(sami))
    assert b"Between us" not in b"".join(got.values())
    assert edith.name.encode() not in b"".join(got.values())


def test_it_can_be_read_without_any_machine(rosa, signed_in):
    page = unpacked(signed_in(rosa))["index.html"].decode()
    assert "<h2>Your account</h2>" in page
    assert '<dt>Address</dt><dd dir="auto">rosa@example.org</dd>' in page
    assert '<dt>Administrator</dt><dd dir="auto">no</dd>' in page


def test_a_name_she_left_lately_is_in_it(rosa, signed_in):
    rosa.rename("Rosa Nova")
    data = json.loads(unpacked(signed_in(rosa))["data.json"])
    assert data["Your account"][0]["names_left_lately"] == "Rosa Reader"


def test_a_copy_is_made_by_a_press_alone_and_not_all_day(rosa, signed_in):
    browser = signed_in(rosa)
    page = browser.get("/accounts/copy/")
    assert (page.status_code, "Download the copy" in page.text) == (200, True)
    for _ in range(5):
        assert "data.json" in unpacked(browser)
    assert browser.post("/accounts/copy/").status_code == 429
    assert Client().post("/accounts/copy/").status_code == 302


def test_the_steps_that_erase_somebody_by_hand_leave_no_trace_of_her_address(article, rosa, mina, work):
    rosa.be_called("Nora Nightingale")
    User.objects.filter(pk=rosa.pk).update(email="nora@example.org")
    rosa.refresh_from_db()
    rosa.emailaddress_set.create(email="nora@school.example", verified=True)
    making.a_published(article, rosa, mina)
    said = {"name": "Nora", "email": "nora@example.org"}
    Message.send(by=Guest("nora@example.org"), kind="contact", text="Where is it?", **said)
    for address in ("nora@example.org", "nora@school.example"):
        Subscriber.join(by=Guest(address))
    work()
    Delivery.objects.filter(to="nora@school.example").update(error="550 <nora@school.example> is unknown")
    steps = re.search(r"^```python\n(.*?)^```", Path("docs/operations.md").read_text(), re.DOTALL | re.MULTILINE)[1]
    exec(steps, {})  # noqa: S102 - what the document says
    rows = [row for model in apps.get_models() for row in model._default_manager.values()]
    found = [str(value) for row in rows for value in row.values()]
    assert [value for value in found if "nora" in value.lower() or "Nightingale" in value] == []
    assert not User.objects.get(pk=rosa.pk).is_active


def test_a_co_author_takes_the_text_along_and_not_the_letters_about_it(sami, rosa, edith, signed_in):
    piece = makers.with_author(sami, edith, title="Ours")
    AuthorNote.write(piece, by=edith, text="Who told you this?")
    line = piece.bylines.create(order=2, name="Rosa", email=rosa.email)
    line.know(rosa, Consent.YES)
    Upload.keep(piece, b"as it came", name="essay.docx", by=sami, remarks=[], body=FOG)
    got = unpacked(signed_in(rosa))
    (hers,) = json.loads(got["data.json"])["Your pieces"]
    assert hers["title"] == "Ours"
    assert {"letters", "declared", "notes_for_you", "files"} & set(hers) == set()
    assert [name for name in got if name.endswith(".docx")] == []
    (his,) = json.loads(unpacked(signed_in(sami))["data.json"])["Your pieces"]
    assert his["letters"][0]["words"] == "Please say who signed it."
    assert len(his["declared"]) > 1


def test_a_second_address_that_a_link_has_brought_gives_nothing_away(rosa, signed_in):
    rosa.emailaddress_set.create(email="nina@example.org", verified=True)
    Message.send(by=Guest("nina@example.org"), kind="contact", text="Only for you.", email="nina@example.org")
    Subscriber.join(by=Guest("nina@example.org"))
    data = unpacked(signed_in(rosa))["data.json"].decode()
    assert "Only for you." not in data
    assert "The mailing list" not in data


def test_a_borrowed_session_reads_no_code_and_no_personal_link(rosa, signed_in):
    Client().post("/accounts/password/reset/", {"email": rosa.email})
    code = re.search(r"\d{6}", Delivery.objects.get(to=rosa.email).text)[0]
    got = unpacked(signed_in(rosa))
    assert code.encode() not in b"".join(got.values())
    assert "(with a code or a personal link" in got["index.html"].decode()


def test_it_says_whose_records_these_are(rosa, signed_in):
    page = unpacked(signed_in(rosa))["index.html"].decode()
    assert "<h1>What International Affairs Forum keeps about Rosa Reader</h1>" in page
