"""What becomes of the files people send: Word files and pictures."""

import errno
import io
import zipfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

import forum
from articles.models import Picture, Submission
from articles.models.private.declaration import Declaration
from articles.signing import digest_of
from forum.lib import queue
from forum.lib.moves import Refused
from forum.lib.storage import Files, NotStored
from forum.lib.word.body import child
from tests import makers
from tests.opened import opened

SAMPLE = (Path(forum.__file__).with_name("demo") / "sample.docx").read_bytes()
NEW = "/get-published/new/"


@pytest.fixture(autouse=True)
def in_one_process(request, monkeypatch):
    """Most files here are harmless: read them without a child, unless a test asks for `child_process`."""
    if "child_process" not in request.fixturenames:
        monkeypatch.setattr("forum.lib.word.convert.run", lambda task, data, **limits: child(data))


@pytest.fixture
def child_process():
    """Read files in the sandbox, as always outside tests."""


def word(data=SAMPLE, name="My essay.docx"):
    return File(name, data)


def a_picture(kind="PNG"):
    target = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(target, kind)
    return target.getvalue()


def a_zip(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return target.getvalue()


@pytest.fixture
def uploaded(client, db):
    """The sample, as somebody without an account uploads it."""
    client.post(NEW, {"file": word()})
    return Submission.objects.get()


def page(piece, what=""):
    return piece.get_absolute_url() + what


def test_the_sample_is_shown_as_it_would_be_printed_with_a_report(client, uploaded):
    text = client.get(page(uploaded)).text
    assert uploaded.title == "Who Should Pay for a Sinking Coast?"
    assert uploaded.title in text
    assert text.count('role="doc-backlink"') == 4
    assert "1 tracked deletion was carried out." in text
    assert "1 comment was left out." in text
    assert "My essay.docx" in text


def test_its_picture_is_prepared_and_only_its_writer_gets_it(client, uploaded, work):
    work()
    text = client.get(page(uploaded)).text
    picture = uploaded.pictures.get()
    address = f"{page(uploaded)}pictures/{picture.key}/{picture.smallest}"
    assert f"{page(uploaded)}pictures/{picture.key}/" in text
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    client.cookies.clear()
    assert client.get(address).status_code == 404


HOSTILE = {
    "nothing in it": b"",
    "a PDF": b"%PDF-1.7 not a word file",
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "noise": b"PK\x03\x04" + bytes(range(256)) * 20,
    "half a file": SAMPLE[: len(SAMPLE) // 2],
    "a zip of something else": a_zip(hello="world"),
    "a bomb": a_zip(word__document="x", **{"word__document.xml": b"<w>" + b" " * 60_000_000}),
    "entities": a_zip(
        **{
            "word__document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            "[Content_Types].xml": b"<Types/>",
        }
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read_is_refused_in_one_sentence(what, client, db, child_process):
    response = client.post(NEW, {"file": word(HOSTILE[what])})
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not Submission.objects.exists()


def test_a_refused_file_keeps_the_words_beside_it(client, db):
    response = client.post(NEW, {"file": word(b"%PDF-1.7"), "body": "Words I also wrote."})
    assert "Words I also wrote." in response.text
    assert "a PDF" in response.text


def test_too_many_files_are_asked_to_wait(client, db, settings):
    settings.THROTTLES = {**settings.THROTTLES, "upload_prefix": (1, 600)}
    client.post(NEW, {"body": "One."})
    response = client.post(NEW, {"body": "Two, which took me an hour."})
    assert response.status_code == 429
    assert "Two, which took me an hour." in response.text
    assert int(response["Retry-After"]) > 0


def test_one_who_signed_in_is_counted_apart_from_the_school_around_her(sami, signed_in, client, settings):
    settings.THROTTLES = {**settings.THROTTLES, "upload": (1, 600), "upload_prefix": (1, 600)}
    client.post(NEW, {"body": "One of the class."})
    assert signed_in(sami).post(NEW, {"body": "Mine."}).status_code == 302
    assert signed_in(sami).post(NEW, {"body": "Mine again."}).status_code == 429


def test_an_upload_without_a_file_says_what_to_do(sami, signed_in):
    draft = makers.a_draft(sami)
    assert "Choose a Word file." in signed_in(sami).post(page(draft, "upload/"), {"x": "1"}).text


def test_a_file_comes_only_on_the_authors_turn(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    response = signed_in(sami).post(page(piece, "upload/"), {"file": word()})
    assert response.status_code == 409
    assert not piece.uploads.exists()


def test_a_picture_is_added_described_and_printed(sami, signed_in, work):
    draft = makers.a_draft(sami)
    browser = signed_in(sami)
    fields = {
        "file": File("map.png", a_picture()),
        "alt": "A map",
        "caption": "The <coast>",
        "credit": "Sami",
    }
    browser.post(page(draft, "figures/add/"), fields)
    picture = draft.pictures.get()
    assert "being prepared" in browser.get(page(draft, "figures/")).text
    work()
    browser.post(
        page(draft, "figures/"), {f"{picture.key}-alt": "A map of the coast", f"{picture.key}-credit": "CC0"}
    )
    draft.refresh_from_db()
    assert 'alt="A map of the coast"' in draft.html
    assert "The &lt;coast&gt;" in draft.html
    assert "CC0" in draft.html


def test_a_picture_taken_out_of_the_text_is_never_public(sami, edith, maggie, client, work):
    piece = makers.an_accepted(sami, edith)
    kept, dropped = (Picture.keep(a_picture(), alt="A map", submission=piece) for _ in range(2))
    work()
    piece.write(by=edith, version=piece.version, body=f'<p>Look.</p><figure data-picture="{kept.key}"></figure>')
    piece.send_proof(by=edith)
    piece.sign_off(by=sami, digest=digest_of(piece))
    piece.publish(by=maggie)
    for picture, status in ((kept, 200), (dropped, 404)):
        picture.refresh_from_db()
        response = client.get(f"/pictures/{picture.key}/{picture.smallest}")
        assert response.status_code == status
        response.getvalue()


def test_a_proof_waits_for_a_picture_that_could_not_be_read(sami, edith):
    piece = makers.an_accepted(sami, edith)
    picture = Picture.keep(b"no picture", alt="A map", submission=piece)
    piece.write(by=edith, version=piece.version, body=f'<p>Look.</p><figure data-picture="{picture.key}"></figure>')
    Picture.objects.filter(pk=picture.pk).update(failure="This does not look like a picture we can use.")
    with pytest.raises(Refused, match="could not be read"):
        piece.send_proof(by=edith)
    piece.write(by=edith, version=piece.version, body="<p>Look away.</p>")
    piece.send_proof(by=edith)


def with_a_picture(piece, by):
    picture = Picture.keep(a_picture(), alt="A map", submission=piece)
    piece.write(by=by, version=piece.version, body=f'<p>Look.</p><figure data-picture="{picture.key}"></figure>')
    return picture


@contextmanager
def a_full_disk():
    """While it lasts, no file can be written."""
    full = NotStored(errno.ENOSPC, "No space left on device")
    with patch.object(Files, "_save", side_effect=full):
        yield


def test_a_picture_for_which_there_is_no_room_says_why_and_when_and_is_tried_again_by_itself(
    sami, edith, signed_in, work
):
    with time_machine.travel("2026-12-03 14:05:30+00:00", tick=False) as moment:
        draft, piece = makers.a_draft(sami), makers.an_accepted(sami, edith)
        waiting = [with_a_picture(draft, sami), with_a_picture(piece, edith)]
        with a_full_disk():
            work()
            queue.due()
        minute = timezone.localtime() + timedelta(minutes=1)
        why = f"There is no room left here to store anything. We try again at {minute:%H:%M}."
        assert why in signed_in(sami).get(page(draft, "figures/")).text
        assert why in signed_in(edith).get(f"/admin/submissions/{piece.code}/").text
        assert why in signed_in(edith).get(f"/admin/submissions/{piece.code}/pictures/").text
        with pytest.raises(Refused, match=why):
            piece.send_proof(by=edith)
        moment.shift(60)
        work()
        assert Picture.objects.filter(pk__in=[picture.pk for picture in waiting], ready_at=None).count() == 0
        piece.send_proof(by=edith)


def test_whoever_waits_for_a_picture_has_it_tried_again_now(sami, edith, signed_in, work):
    draft, piece = makers.a_draft(sami), makers.an_accepted(sami, edith)
    waiting = [with_a_picture(draft, sami), with_a_picture(piece, edith)]
    with a_full_disk():
        work()
    queue.due()
    work()
    assert not Picture.objects.exclude(ready_at=None).exists()
    desk = f"/admin/submissions/{piece.code}/pictures/try-again/"
    for person, address in ((sami, page(draft, "figures/try-again/")), (edith, desk)):
        assert "Look again in a minute." in signed_in(person).post(address, follow=True).text
    work()
    assert Picture.objects.exclude(ready_at=None).count() == len(waiting)
    DBTaskResult.objects.all().delete()
    signed_in(sami).post(page(draft, "figures/try-again/"))
    assert not DBTaskResult.objects.exists()  # nothing is left to be tried


def test_a_picture_thrown_away_before_it_was_prepared_is_no_failure(sami, work):
    Picture.keep(a_picture(), alt="A map").delete()
    work()
    assert [task.status for task in DBTaskResult.objects.all()] == ["SUCCESSFUL"]


def test_a_picture_that_could_not_be_read_is_tried_again_only_when_somebody_asks(sami, signed_in, work):
    draft = makers.a_draft(sami)
    picture = with_a_picture(draft, sami)
    Path(picture.original.path).write_bytes(a_picture()[:60])
    work()
    queue.due()
    work()
    browser = signed_in(sami)
    assert "This picture is damaged and cannot be read." in browser.get(page(draft, "figures/")).text
    Path(picture.original.path).write_bytes(a_picture())
    browser.post(page(draft, "figures/try-again/"))
    work()
    picture.refresh_from_db()
    assert picture.ready_at
    assert picture.failure == ""


def test_what_is_no_picture_is_refused_beside_its_field(sami, signed_in):
    draft = makers.a_draft(sami)
    fields = {"file": File("map.png", b"<svg onload=alert(1)>"), "alt": "A map", "caption": "Kept words"}
    text = signed_in(sami).post(page(draft, "figures/add/"), fields).text
    assert "This does not look like a picture we can use." in text
    assert "Kept words" in text
    assert not draft.pictures.exists()


def test_a_discarded_draft_leaves_no_file_behind(client, uploaded, settings, work):
    work()
    client.post(page(uploaded, "discard/"), opened(client, page(uploaded, "discard/"), "version"))
    assert not Submission.objects.exists()
    assert not [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]


def test_a_draft_taken_back_can_be_discarded_with_its_file(sami, signed_in):
    browser = signed_in(sami)
    browser.post(NEW, {"file": word()})
    draft = Submission.objects.get()
    draft.bylines.update(biography="Studies law.")
    Declaration.keep(draft, by=draft.corresponding_author, said={**makers.DECLARED, "figures": (["own"], "")})
    draft.submit(by=sami)
    draft.take_back(by=sami)
    browser.post(page(draft, "discard/"), opened(browser, page(draft, "discard/"), "version"))
    assert not Submission.objects.exists()


def test_a_newer_file_counts_once_its_author_has_seen_what_it_changes(sami, signed_in):
    draft, browser = makers.a_draft(sami), signed_in(sami)
    shown = browser.post(page(draft, "upload/"), {"file": word()}, follow=True)
    assert "<ins>Who Should Pay for a Sinking Coast?</ins>" in shown.text
    assert "1 tracked deletion was carried out." in shown.text
    draft.refresh_from_db()
    assert (draft.title, draft.uploads.get().used_at) == ("A promise at night", None)
    assert "My essay.docx" in browser.get(page(draft)).text
    seen = draft.version
    draft.write(by=sami, version=seen, title="A promise at noon")
    use = page(draft, f"uploads/{draft.uploads.get().pk}/use/")
    late = browser.post(use, {"version": seen})
    assert late.status_code == 409
    assert "<del>A promise at noon</del>" in late.text
    assert browser.post(use, {"version": late.context["form"]["version"].value()}).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Who Should Pay for a Sinking Coast?"
    assert draft.bylines.get().biography == "Studies law in Sarajevo."
    with draft.uploads.get().file.open() as kept:
        assert kept.read() == SAMPLE


def test_an_editor_sees_what_a_word_file_changes_and_a_picture_stays_the_same(sami, edith, signed_in, work):
    piece, browser = makers.an_accepted(sami, edith), signed_in(edith)
    desk = f"/admin/submissions/{piece.code}/"
    for _ in range(2):
        shown = browser.post(f"{desk}word/", {"file": word()}, follow=True)
        kept = piece.uploads.last()
        browser.post(f"{desk}uploads/{kept.pk}/use/", {"version": shown.context["form"]["version"].value()})
    assert "Nothing differs." in shown.text
    piece.refresh_from_db()
    assert piece.title == "Who Should Pay for a Sinking Coast?"
    assert [picture.key in piece.body for picture in piece.pictures.all()] == [True]
