"""How often a text is cleaned on its way into a table: once, whichever way it takes."""

import copy
import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

import forum
from articles.models import Revision, Submission
from articles.models.private.letter import Letter
from comments.models import Discussion
from forum.lib import sandbox
from forum.lib.text import prose, tidy
from forum.lib.text.prose import Finished, clean, finished
from forum.lib.text.tidy import Body
from forum.lib.word.body import child
from forum.pages.models import Page
from tests import makers

SAMPLE = (Path(forum.__file__).with_name("demo") / "sample.docx").read_bytes()
HOSTILE = '<p onclick="x">A<script>alert(1)</script></p>'
HARMLESS = "<p>A</p>"
NEW = "/get-published/new/"


@pytest.fixture
def cleanings(monkeypatch):
    """Return how often a body, and finished HTML, was cleaned since this was asked last."""
    done = {"body": 0, "html": 0}

    def noted(kind, cleaned):
        def noting(html):
            done[kind] += html != ""
            return cleaned(html)

        return noting

    def since():
        counts = (done["body"], done["html"])
        done.update(body=0, html=0)
        return counts

    monkeypatch.setattr(tidy, "_cleaned", noted("body", tidy._cleaned))
    monkeypatch.setattr(prose, "only_allowed", noted("html", prose.only_allowed))
    return since


def a_word_file():
    return SimpleUploadedFile("essay.docx", SAMPLE)


def test_a_word_file_is_cleaned_in_its_child_and_where_it_is_kept(client, db, monkeypatch, cleanings):
    monkeypatch.setattr("forum.lib.word.convert.run", lambda task, data, **limits: child(data))
    client.post(NEW, {"file": a_word_file()})
    piece = Submission.objects.get()
    assert piece.body == piece.uploads.get().body != ""
    assert cleanings() == (2, 2)  # what is shown of the file, and of the piece


def test_what_a_child_sends_is_not_believed(client, db, monkeypatch):
    head = {"title": "T", "standfirst": "", "body": HOSTILE, "pictures": [], "remarks": {}}
    monkeypatch.setattr("forum.lib.word.convert.run", lambda task, data, **limits: sandbox.pack(head, []))
    client.post(NEW, {"file": a_word_file()})
    piece = Submission.objects.get()
    assert [piece.body, piece.uploads.get().body] == [HARMLESS, HARMLESS]


def test_a_page_that_saves_itself_cleans_once(sami, edith, signed_in, cleanings):
    draft, piece = makers.a_draft(sami), makers.an_accepted(sami, edith)
    said = {"version": draft.version, "title": "T", "body": "<p>A harbour</p>"}
    cleanings()
    signed_in(sami).post(reverse("submission_save", args=[draft.code]), said)
    assert cleanings() == (1, 1)
    said["version"] = piece.version
    signed_in(edith).post(reverse("admin:submission_save_text", args=[piece.code]), said)
    assert cleanings() == (1, 1)
    for saved in (draft, piece):
        saved.refresh_from_db()
        assert saved.body == "<p>A harbour</p>"


def test_a_kept_revision_is_cleaned_once(sami, edith, cleanings):
    piece = Submission.objects.get(pk=makers.a_draft(sami).pk)
    cleanings()
    assert Revision.keep(piece, by=sami, verb="submit").body == piece.body
    assert cleanings() == (1, 1)


def test_an_edition_a_page_a_letter_and_a_comment_are_cleaned_once(sami, edith, maggie, rosa, cleanings):
    piece = Submission.objects.get(pk=makers.a_ready(sami, edith).pk)
    cleanings()
    article = piece.publish(by=maggie)
    assert cleanings() == (1, 1)
    article.amend(by=maggie, change="correction", note="It was noon.", body="<p>At noon</p>")
    assert cleanings() == (1, 1)
    Page.objects.by_slug("terms").rewrite(by=maggie, title="Terms", standfirst="", body="<p>Be kind</p>")
    assert cleanings() == (1, 1)
    Letter.objects.create(submission=piece, verb="write_author", by=edith, text="Thank you.")
    assert cleanings() == (0, 1)
    Discussion.of(article).post(by=rosa, text="I was there.", key=uuid4())
    assert cleanings() == (0, 1)


def by_saving(page, **text):
    Page(pk=page.pk, slug=page.slug, **text).save()


def by_saving_a_part(page, **text):
    Page(pk=page.pk, **text).save(update_fields=text)


def by_an_update(page, **text):
    Page.objects.filter(pk=page.pk).update(**text)


def by_updating_many(page, **text):
    Page.objects.bulk_update([Page(pk=page.pk, **text)], ["body", "html"])


def by_updating_what_is_there(page, **text):
    Page.objects.update_or_create(pk=page.pk, defaults=text)


def by_creating(page, **text):
    page.delete()
    Page.objects.create(pk=page.pk, slug="new", **text)


def by_creating_many(page, **text):
    Page.objects.bulk_create([Page(slug="new", **text)])
    page.delete()


def by_getting_what_is_not_there(page, **text):
    page.delete()
    Page.objects.get_or_create(slug="new", defaults=text)


WAYS = [
    by_saving, by_saving_a_part, by_an_update, by_updating_many, by_updating_what_is_there, by_creating,
    by_creating_many, by_getting_what_is_not_there,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_text_is_cleaned_whichever_way_it_takes_into_the_table(db, way):
    page = Page.objects.first()
    Page.objects.exclude(pk=page.pk).delete()
    way(page, body=HOSTILE, html=HOSTILE)
    assert list(Page.objects.values_list("body", "html")) == [(HARMLESS, HARMLESS)]


def test_a_text_cleaned_by_other_rules_is_cleaned_by_those_of_its_field(db):
    page = Page.objects.first()
    page.body, page.html = finished("<p><ins>A</ins></p>"), clean('<figure data-picture="abcdefgh"></figure>')
    page.save()
    assert (page.body, page.html) == ("<p>A</p>", "<figure></figure>")


def test_what_came_into_a_table_by_another_way_is_cleaned_when_it_is_written_again(db):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_page SET body = %s, html = %s", [HOSTILE, HOSTILE])
    page = Page.objects.first()
    assert page.body == HOSTILE
    page.save()
    page.refresh_from_db()
    assert (page.body, page.html) == (HARMLESS, HARMLESS)


def out_of_the_cache(text):
    cache.set("text", text)
    return cache.get("text")


@pytest.mark.parametrize(
    "made_from",
    [
        lambda text: text + "x",
        lambda text: "x" + text,
        lambda text: f"{text}x",
        lambda text: text.replace("A", "B"),
        lambda text: text.strip(),
        lambda text: text[:],
        lambda text: json.loads(json.dumps(text)),
        out_of_the_cache,
        copy.copy,
        copy.deepcopy,
    ],
)
def test_what_is_made_from_a_cleaned_text_carries_no_mark_of_it(db, made_from):
    body, html = clean(HOSTILE), finished(HOSTILE)
    assert [type(body), type(html)] == [Body, Finished]
    assert [isinstance(made_from(body), Body), isinstance(made_from(html), Finished)] == [False, False]
