"""The disk takes no file, or has lost one: it is said, nothing half is left, nothing swept too early."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection

from articles import clock, files
from articles.models import Picture, Submission, Upload
from articles.models.private import drafting
from articles.models.private.picturing import add_picture
from articles.tasks import prepare_picture
from tests import makers
from tests.articles.test_uploads import NEW, a_picture, in_one_process, word
from tests.opened import opened

__all__ = ["in_one_process"]
pytestmark = pytest.mark.django_db
A_DAY_AGO = 25 * 60 * 60


@pytest.fixture
def _no_disk():
    """Let there be no folder where files should lie, as after a restart in which a disk was not mounted."""
    media = Path(settings.MEDIA_ROOT)
    shutil.rmtree(media, ignore_errors=True)
    media.write_bytes(b"")


@pytest.fixture
def _full_disk(tmp_path, settings):
    """Let files lie on a disk of their own, which has four kilobytes."""
    settings.MEDIA_ROOT = tmp_path / "small"
    settings.MEDIA_ROOT.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", settings.MEDIA_ROOT], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a disk")
    yield
    subprocess.run(["umount", settings.MEDIA_ROOT], check=True)


@pytest.mark.usefixtures("_no_disk")
def test_a_manuscript_that_cannot_be_kept_leaves_no_draft(client):
    answer = client.post(NEW, {"file": word()})
    assert answer.status_code == 503
    assert "Files cannot be stored here at the moment. Nothing was stored." in answer.text
    assert "choose yours again" in answer.text
    assert not Submission.objects.exists()


@pytest.mark.usefixtures("_full_disk")
def test_a_full_disk_is_called_full_and_keeps_no_half_of_a_file(client):
    answer = client.post(NEW, {"file": word()})
    assert answer.status_code == 503
    assert "There is no room left here to store anything. Nothing was stored." in answer.text
    assert not Submission.objects.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_a_picture_and_a_newer_file_that_cannot_be_kept_leave_the_piece_as_it_was(sami, signed_in, request):
    browser, piece = signed_in(sami), makers.a_draft(sami)
    request.getfixturevalue("_no_disk")
    picture = {"file": ContentFile(a_picture(), "chart.png"), "alt": "A chart of treaties", "caption": "Treaties"}
    for what, sent in {"figures/add/": picture, "upload/": {"file": word()}}.items():
        answer = browser.post(f"{piece.get_absolute_url()}{what}", sent)
        assert (answer.status_code, "Nothing was stored." in answer.text) == (503, True)
    assert not Picture.objects.exists()
    assert not Upload.objects.exists()
    assert Submission.objects.get().body == piece.body


def test_a_file_and_a_portrait_sent_at_the_desk_likewise(sami, edith, article, client, request):
    client.force_login(edith)
    author = article.edition.bylines.get().author
    request.getfixturevalue("_no_disk")
    address = f"/admin/articles/author/{author.pk}/change/"
    sent = opened(client, address) | {"photo": ContentFile(a_picture(), "sami.png")}
    answer = client.post(address, sent)
    author.refresh_from_db()
    assert (answer.status_code, author.portrait) == (503, None)


@pytest.fixture
def uploaded(client):
    """A draft that began with a Word file."""
    client.post(NEW, {"file": word()})
    return Upload.objects.get()


def lose(field):
    Path(field.path).unlink()


def test_a_manuscript_that_the_disk_has_lost_is_said_to_be_missing(sami, edith, signed_in, log):
    piece = makers.in_review(sami, edith)
    kept = Upload.keep(piece, b"as it came", name="treaty.docx", by=sami, remarks=[])
    lose(kept.file)
    answer = signed_in(edith).get(f"/admin/submissions/{piece.code}/uploads/{kept.pk}/")
    assert (answer.status_code, "it is missing from our store" in answer.text) == (404, True)
    assert f"The file {kept.file.name} is missing" in log()


def test_a_picture_that_the_disk_has_lost_is_said_to_be_missing_and_holds_up_no_copy(sami, signed_in):
    piece = makers.a_draft(sami)
    add_picture(piece, by=sami, data=a_picture(), alt="A chart", credit="", caption="")
    picture = Picture.objects.get()
    lose(picture.original)
    prepare_picture.func(picture.pk)
    assert "missing from our store" in signed_in(sami).get(f"{piece.get_absolute_url()}figures/").text
    assert drafting.copy(piece, by=sami).title == piece.title


def make_old():
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        os.utime(path, (time.time() - A_DAY_AGO,) * 2)


def left():
    return {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_files_without_a_row_are_swept_after_a_day_and_no_others(uploaded, sami):
    piece = makers.a_draft(sami)
    add_picture(piece, by=sami, data=a_picture(), alt="A chart", credit="", caption="")
    picture = Picture.objects.get(submission=piece)
    prepare_picture.func(picture.pk)
    before = left()
    for name in ("manuscripts/x/lost.docx", "originals/lost", "pictures/lost/480.jpg", "elsewhere/note.txt"):
        default_storage.save(name, ContentFile(b"left behind"))
    files.sweep()
    assert left() == before | {"lost.docx", "lost", "480.jpg", "note.txt"}
    make_old()
    files.sweep()
    assert left() == before | {"note.txt"}


def test_a_database_that_knows_few_of_the_files_sweeps_none_of_them(uploaded, log):
    for number in range(3):
        default_storage.save(f"manuscripts/x/{number}.docx", ContentFile(b"of another database"))
    make_old()
    before = left()
    files.sweep()
    assert (len(before), left()) == (5, before)
    assert "3 of 5 files have no row: is this the database they belong to?" in log()


def test_an_empty_database_sweeps_not_one_file_whatever_else_lies_there(db, log):
    default_storage.save("manuscripts/x/1.docx", ContentFile(b"of another database"))
    for number in range(3):
        default_storage.save(f"elsewhere/{number}.txt", ContentFile(b"of somebody else"))
    make_old()
    files.sweep()
    assert len(left()) == 4
    assert "1 of 1 files have no row" in log()


def away_when_asked_for_files(execute, sql, *rest):
    if "articles_upload" in sql:
        raise OperationalError("the connection was lost")
    return execute(sql, *rest)


def test_a_sweep_that_failed_is_tried_again_and_one_that_did_not_is_not(uploaded):
    lost = default_storage.path(default_storage.save("manuscripts/x/lost.docx", ContentFile(b"left behind")))
    make_old()
    with connection.execute_wrapper(away_when_asked_for_files), pytest.raises(OperationalError):
        clock.sweep_files()
    clock.sweep_files()
    assert not Path(lost).exists()
    again = default_storage.path(default_storage.save("manuscripts/x/again.docx", ContentFile(b"left behind")))
    make_old()
    clock.sweep_files()
    assert Path(again).exists()


def test_a_draft_is_discarded_where_the_disk_does_not_let_go_of_its_file(client, uploaded, log):
    piece, path = uploaded.submission, Path(uploaded.file.path)
    path.unlink()
    (path / "held").mkdir(parents=True)  # which no deletion of a file takes away
    address = f"{piece.get_absolute_url()}discard/"
    answer = client.post(address, opened(client, address, "version"))
    assert (answer.status_code, Submission.objects.exists()) == (302, False)
    assert f"The file {uploaded.file.name} could not be deleted" in log()
