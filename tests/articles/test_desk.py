"""The editors' desk: who sees what, and what is on the lists."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import User
from articles.admin import front
from articles.forms.desk.article import CHANGES
from articles.forms.desk.messages import ANSWERS
from articles.forms.desk.submission import DECISIONS
from articles.models import Conflict, Message, Question, Submission, Upload
from forum.lib.moves import Guest
from tests import makers
from tests.opened import seen

pytestmark = pytest.mark.django_db

AROUND = ["_conflict", "_text", "_word", "_bylines", "_classification", "_pictures"]
LISTS = ["submissions", "articles", "messages", "commission"]


def desk(name, *args):
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def sit(client):
    """Sit somebody down at the desk."""

    def sit(person):
        client.force_login(person)
        return client

    return sit


def see(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def statuses(client, addresses):
    return {client.get(address).status_code for address in addresses}


def pages_of(piece):
    """Return all the addresses of one submission."""
    code = piece.code
    upload = Upload.keep(piece, b"PK", name="letter.docx", by=piece.corresponding_author, remarks=[])
    return [
        *(desk(f"submission{rest}", code) for rest in ["", *AROUND]),
        *(desk(f"submission_{verb}", code) for verb in DECISIONS),
        desk("submission_revision", code, 1),
        desk("submission_changes", code, 1),
        desk("submission_compare", code, 1, 1),
        desk("submission_original", code, upload.pk),
    ]


def a_message(**fields):
    return Message.send(
        by=Guest("r@example.org"), kind=Message.Kind.CONTACT, text="May I quote you?", **fields
    )


def test_an_editor_opens_every_page_of_the_piece_she_edits(sit, sami, edith):
    piece = makers.an_accepted(sami, edith)
    client = sit(edith)
    for rest in [
        "",
        "_conflict",
        "_text",
        "_word",
        "_bylines",
        "_classification",
        "_pictures",
        "_send_proof",
    ]:
        assert piece.title in see(client, desk(f"submission{rest}", piece.code)), rest
    for page in pages_of(piece)[-4:-1]:
        assert client.get(page).status_code == 200


def test_an_editor_reads_but_does_not_edit_what_another_handles(sit, sami, edith, eno):
    piece = makers.an_accepted(sami, edith)
    client = sit(eno)
    assert "Edit the text" not in see(client, desk("submission", piece.code))
    assert statuses(client, [desk(f"submission{rest}", piece.code) for rest in AROUND[1:]]) == {403}


def test_an_editor_meets_nothing_of_a_piece_she_is_too_close_to(sit, sami, edith, eno):
    piece = makers.an_accepted(sami, eno)
    Conflict.objects.create(submission=piece, user=edith)
    client = sit(edith)
    assert statuses(client, pages_of(piece)) == {404}
    lists = [desk("index"), desk("submissions"), desk("submissions") + "?q=promise", desk("articles")]
    for page in [*lists, desk("articles_author_changelist")]:
        assert piece.title not in see(client, page), page
        assert sami.name not in see(client, page), page


def test_a_scheduled_piece_is_hidden_from_an_editor_who_is_too_close_to_it(sit, sami, edith, eno, maggie):
    piece = makers.a_scheduled(sami, eno, maggie)
    Conflict.objects.create(submission=piece, user=edith)
    client = sit(edith)
    assert piece.title not in see(client, desk("articles"))
    article = piece.article.pk
    pages = [desk("article", article), desk("article_compare", article, 1, 1)]
    assert statuses(client, [*pages, *(desk(f"article_{verb}", article) for verb in CHANGES)]) == {404}


def test_conflicted_pieces_are_in_no_count(sit, sami, edith, eno):
    seen, hidden = makers.a_submitted(sami), makers.a_submitted(sami, title="Another night")
    Conflict.objects.create(submission=hidden, user=edith)
    page = see(sit(edith), desk("submission", seen.code))
    assert "The first piece sent to us" in page
    assert 'Submissions</a> <span class="count">1<' in see(sit(edith), desk("index"))


@pytest.mark.parametrize("who", ["mina", "ada"])
def test_moderators_and_administrators_meet_no_manuscript(sit, request, sami, edith, maggie, who):
    piece = makers.an_accepted(sami, edith)
    article = makers.an_article(sami, edith, maggie, title="Out by day")
    client = sit(request.getfixturevalue(who))
    pages = [
        *pages_of(piece),
        desk("article", article.pk),
        desk("submissions"),
        desk("articles"),
        desk("commission"),
    ]
    assert statuses(client, pages) == {403}
    assert piece.title not in see(client, desk("index"))


def test_messages_are_for_moderators_and_not_for_the_administrator(sit, mina, ada):
    message = a_message()
    pages = [
        desk("messages"),
        desk("message", message.pk),
        *(desk(f"message_{v}", message.pk) for v in ANSWERS),
    ]
    assert statuses(sit(mina), pages) == {200}
    assert statuses(sit(ada), pages) == {403}
    assert "May I quote you?" not in see(sit(ada), desk("index"))


def test_authors_and_strangers_do_not_enter_the_desk(client, sit, sami, edith):
    piece = makers.an_accepted(sami, edith)
    pages = [*pages_of(piece), *map(desk, LISTS), desk("index")]
    assert {client.get(page).url.split("?")[0] for page in pages} == {"/admin/login/"}
    assert {sit(sami).get(page, follow=True).status_code for page in pages} == {403}


TAXONOMY = ["kind", "topic", "region"]


def test_the_taxonomy_is_kept_by_managing_editors(sit, edith, maggie, ada):
    pages = [desk(f"articles_{name}_changelist") for name in TAXONOMY]
    assert statuses(sit(maggie), pages) == {200}
    assert statuses(sit(edith), pages) == {403}
    assert statuses(sit(ada), pages) == {403}


def test_editors_keep_questions_and_biographies(sit, sami, edith, maggie):
    author = makers.an_article(sami, edith, maggie).printed_bylines[0].author
    client = sit(edith)
    said = {
        "name": "Somebody else",
        "affiliation": "",
        "biography": "Writes at night.",
        "link": "https://e.org",
    }
    page = desk("articles_author_change", author.pk)
    assert client.post(page, said | seen(client, page)).status_code == 302
    author.refresh_from_db()
    assert (author.name, author.biography) == (sami.name, "Writes at night.")
    question = {"title": "Should it rain?", "slug": "rain", "summary": "", "shown": "on"}
    assert client.post(desk("articles_question_add"), question).status_code == 302
    asked = Question.objects.get(slug="rain")
    turned = {**question, "title": "Should it be dry?"}
    makers.an_article(sami, edith, maggie).answers.create(question=asked, stance="yes")
    page = desk("articles_question_change", asked.pk)
    assert client.post(page, turned | seen(client, page)).status_code == 302
    asked.refresh_from_db()
    assert asked.title == "Should it rain?"


def test_what_pieces_use_is_not_deleted_and_nothing_of_them_is_told(sit, sami, edith, maggie):
    piece = makers.an_accepted(sami, edith)
    response = sit(maggie).post(desk("articles_kind_delete", piece.kind.pk), {"post": "yes"}, follow=True)
    assert "used by pieces, so it stays" in response.content.decode()
    assert piece.title not in response.content.decode()


def test_no_page_of_the_desk_shows_whose_account_a_pen_name_is(sit, sami, edith, maggie):
    author = makers.an_article(sami, edith, maggie).printed_bylines[0].author
    assert sami.email not in see(sit(maggie), desk("articles_author_change", author.pk))


def test_the_front_page_says_what_waits_and_how_late_it_is(sit, sami, edith, maggie):
    piece = makers.in_review(sami, edith)
    late = timezone.now() - timezone.timedelta(days=7)
    Submission.objects.filter(pk=piece.pk).update(due_at=late)
    makers.a_submitted(sami, title="A newer night")
    makers.a_proof(sami, edith, title="A night in proof")
    makers.a_scheduled(sami, edith, maggie, title="A night to come")
    page = see(sit(edith), desk("index"))
    assert "5 working days late" in page
    assert page.index("A promise at night") < page.index("A newer night")
    assert "Proof with the author" in page
    assert "A night to come" in page


def test_a_letter_that_is_promised_an_answer_first_stands_first_where_not_all_have_room(sami, edith, monkeypatch):
    early, late = makers.in_review(sami, edith, title="Early"), makers.in_review(sami, edith, title="Late")
    late.write_editor(by=sami, letter="When do I hear from you?")
    now = timezone.now()
    Submission.objects.filter(pk=early.pk).update(due_at=now + timedelta(days=2))
    Submission.objects.filter(pk=late.pk).update(due_at=now + timedelta(days=3))
    late.letters.update(due_at=now + timedelta(days=1))
    monkeypatch.setitem(front.MOST, front.WAITING, 1)
    assert [str(piece) for piece in front.Front(edith).rows(front.WAITING)] == ["Late"]


def test_letters_about_a_piece_in_print_wait_as_one_line_of_whoever_may_see_it(sami, edith, eno, maggie):
    piece = makers.an_article(sami, edith, maggie).submission
    for letter in ("One more thing.", "And another."):
        piece.write_editor(by=sami, letter=letter)
    found = front.Front(edith)
    assert [line.pk for line in found.rows(front.WAITING)] == found.piles[front.WAITING] == [piece.pk]
    assert front.Front(eno).piles[front.WAITING] == []
    Conflict.objects.create(submission=piece, user=edith)
    assert front.Front(edith).piles[front.WAITING] == []


def test_nobody_but_an_editor_has_a_front_page_of_pieces(sami, mina):
    makers.a_submitted(sami)
    with pytest.raises(PermissionDenied):
        front.Front(mina)


def test_the_front_page_asks_as_much_of_the_database_for_one_piece_as_for_many(
    sit, django_assert_max_num_queries, sami, edith, maggie
):
    counts = []
    client = sit(maggie)
    for n in range(3):
        makers.a_submitted(sami, title=f"Night {n}")
        makers.in_review(sami, maggie, title=f"Review {n}")
        makers.a_proof(sami, edith, title=f"Proof {n}")
        makers.a_scheduled(sami, edith, maggie, title=f"Coming {n}")
        a_message()
        client.get(desk("index"))
        with django_assert_max_num_queries(18) as asked:
            client.get(desk("index"))
        counts.append(len(asked))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("page", ["submissions", "articles", "messages"])
def test_lists_ask_as_much_of_the_database_for_one_row_as_for_three(
    sit, django_assert_num_queries, django_assert_max_num_queries, sami, edith, maggie, page
):
    client = sit(maggie)
    for n in range(3):
        makers.an_article(User.objects.get(pk=sami.pk), edith, maggie, title=f"Night {n}")
        a_message(article=None)
        if n == 0:
            client.get(desk(page))
            with django_assert_max_num_queries(20) as asked:
                client.get(desk(page))
    with django_assert_num_queries(len(asked)):
        client.get(desk(page))


def test_the_review_page_asks_as_much_for_a_long_story_as_for_a_short_one(
    sit, django_assert_max_num_queries, sami, edith
):
    counts = []
    client = sit(edith)
    piece = makers.in_review(sami, edith)
    for _ in range(3):
        client.get(desk("submission", piece.code))
        with django_assert_max_num_queries(60) as asked:
            client.get(desk("submission", piece.code))
        counts.append(len(asked))
        piece.ask_for_changes(
            by=edith, letter="More, please.", due=timezone.now() + timezone.timedelta(days=9)
        )
        piece.resubmit(by=sami)
    assert counts[1] == counts[2]


def test_the_list_is_searched_by_title_and_author_and_narrowed_by_state(sit, sami, rosa, edith):
    makers.a_submitted(sami, title="On tides")
    makers.in_review(rosa, edith, title="On rivers")
    client = sit(edith)
    assert "On tides" in see(client, desk("submissions") + "?q=tides")
    assert "On rivers" not in see(client, desk("submissions") + "?q=tides")
    assert "On rivers" in see(client, desk("submissions") + "?q=rosa")
    assert "On rivers" not in see(client, desk("submissions") + "?state=submitted")
    assert "On rivers" in see(client, desk("submissions") + "?state=nonsense")


def test_the_list_is_narrowed_to_ones_own_and_to_what_is_late_and_counted(sit, sami, edith, eno):
    mine = makers.in_review(sami, edith, title="On tides")
    makers.in_review(sami, eno, title="On rivers")
    makers.a_submitted(sami, title="On canals")
    Submission.objects.filter(pk=mine.pk).update(due_at=timezone.now() - timezone.timedelta(days=1))
    client = sit(edith)

    def found(query):
        page = see(client, desk("submissions") + query)
        return [title for title in ("On tides", "On rivers", "On canals") if title in page]

    assert found("") == ["On tides", "On rivers", "On canals"]
    assert found("?only=mine") == found("?only=late") == ["On tides"]
    assert found("?only=mine&state=submitted") == []
    Submission.objects.filter(pk=mine.pk).update(due_at=timezone.now() + timezone.timedelta(days=9), apologies=1)
    assert found("?only=late") == ["On tides"]
    assert "late, we apologised once · due" in see(client, desk("submissions") + "?only=late")
    assert "In review 2</a>" in see(client, desk("submissions"))
    assert "In review 1</a>" in see(client, desk("submissions") + "?only=mine&state=submitted")


def test_the_next_five_weeks_show_what_comes_out_and_what_is_due(sit, sami, edith, eno, maggie):
    makers.in_review(sami, edith, title="On tides")
    makers.with_author(sami, eno, title="On rivers")
    makers.a_scheduled(sami, eno, maggie, title="On canals")
    hidden = makers.with_author(sami, eno, title="On secrets")
    Conflict.objects.create(submission=hidden, user=edith)
    last = makers.in_review(sami, edith, title="On the horizon")
    Submission.objects.filter(pk=last.pk).update(due_at=timezone.now() + timezone.timedelta(days=40))
    page = see(sit(edith), desk("index"))
    month = page[page.index('id="month"') :]
    assert month.index("Comes out") < month.index("Decision, you")
    assert [month.count(title) for title in ("On tides", "On rivers", "On canals")] == [1, 1, 1]
    assert "Changes, Sami Student" in month
    assert "On secrets" not in page
    assert "On the horizon" not in month
    for number in range(6):
        piece = makers.in_review(sami, edith, title=f"Crowd {number}")
        Submission.objects.filter(pk=piece.pk).update(due_at=timezone.now() + timezone.timedelta(days=20))
    crowded = see(sit(edith), desk("index"))
    assert ">4 more</a>" in crowded[crowded.index('id="month"') :]


def test_the_original_word_file_is_saved_and_never_opened(sit, sami, edith):
    piece = makers.a_submitted(sami)
    upload = Upload.keep(piece, b"PK", name="my essay.docx", by=sami, remarks=[])
    response = sit(edith).get(desk("submission_original", piece.code, upload.pk))
    assert response["Content-Disposition"] == 'attachment; filename="my essay.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == b"PK"


def test_a_broken_word_file_is_refused_in_a_sentence(sit, sami, edith):
    piece = makers.an_accepted(sami, edith)
    file = SimpleUploadedFile("x.docx", b"%PDF-1.7")
    response = sit(edith).post(desk("submission_word", piece.code), {"version": piece.version, "file": file})
    assert response.status_code == 200
    assert "a PDF" in response.content.decode()


def a_photo():
    file = BytesIO()
    Image.new("RGB", (600, 800), "navy").save(file, "JPEG")
    return SimpleUploadedFile("me.jpg", file.getvalue())


def test_an_editor_puts_a_portrait_on_an_authors_page_and_takes_it_off(sit, work, sami, edith, maggie):
    author = makers.an_article(sami, edith, maggie).printed_bylines[0].author
    client = sit(edith)
    page = desk("articles_author_change", author.pk)
    said = {"affiliation": "", "biography": "", "link": ""}
    no_photo = SimpleUploadedFile("me.jpg", b"no")
    assert "does not look like a picture" in client.post(page, {**said, **seen(client, page), "photo": no_photo}).text
    assert client.post(page, {**said, **seen(client, page), "photo": a_photo()}).status_code == 302
    assert "The portrait is not on the page yet. It is being prepared." in see(client, page)
    work()
    assert "not on the page yet" not in see(client, page)
    assert "Portrait of Sami" in see(client, author.get_absolute_url())
    client.post(page, {**said, **seen(client, page), "no_portrait": "on"})
    assert "Portrait of Sami" not in see(client, author.get_absolute_url())
