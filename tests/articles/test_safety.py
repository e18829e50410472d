"""What an author asks for her safety: who sees it, and how far a change of name reaches."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Delivery
from articles import search
from articles.models import Author, Conflict, Kept, Message, Picture, SafetyRequest, Submission, Upload
from articles.newname import NewName
from articles.signing import is_signed
from forum.lib.moves import last_event
from tests import access, makers
from tests.comments import making
from tests.opened import as_now
from tests.test_leaks import Walk

OLD = "Sami Student"
TRACES = (OLD, "sami-student", "Sami_Student")


def ask(by, piece, **words):
    words = {"kind": "name", "name": "Noor Aziz", "text": "I am followed.", **words}
    return SafetyRequest.ask(by=by, submission=piece, **words)


@pytest.fixture
def everywhere(cast):
    """Sami's name in everything: two pieces in public, one of them with a past, one approved, and a draft."""
    sami, rosa, mina, edith, maggie = (cast[name] for name in ("sami", "rosa", "mina", "edith", "maggie"))
    access.shorten_menus()
    body = f"<p>I, {OLD}, saw the harbour.</p>"
    article = makers.an_article(sami, edith, maggie, title=f"A letter by {OLD}", body=body)
    article.submission.bylines.update(biography=f"{OLD} studies law.")
    article.edition.bylines.update(biography=f"{OLD} studies law.")
    picture = Picture.keep(b"as it came", alt=f"{OLD} at sea", submission=article.submission)
    picture.describe(alt=f"{OLD} at sea", credit=OLD)
    Upload.keep(article.submission, b"as it came", name="Sami_Student.docx", by=sami, remarks=[])
    article.amend(by=edith, change="correction", note=f"{OLD} saw it twice.", body=f"<p>{OLD} saw it twice.</p>")
    makers.an_article(sami, edith, maggie, title="The harbour").remove(by=maggie, notice=f"Taken away for {OLD}.")
    declined = makers.in_review(sami, edith, title="Declined")
    declined.decline(by=edith, letter=f"Dear {OLD},\n\nNot for us, with thanks.")
    makers.a_ready(sami, edith, title="Ready")
    makers.a_draft(sami, title="Begun")
    making.a_published(article, sami, mina)
    making.a_published(article, rosa, mina)
    Message.send(by=sami, kind="contact", text="Who signed?", name=OLD, email=sami.email)
    return article


def test_a_change_of_name_reaches_every_trace(everywhere, cast, work):
    sami, maggie = cast["sami"], cast["maggie"]
    work()
    page, before = everywhere.get_absolute_url(), len(mail.outbox)
    ask(sami, everywhere.submission, account=True).change_name(by=maggie, name="Noor Aziz", text="Done.", account=True)
    work()
    stored = {table for table, rows in access.everything().items() if any(trace in rows for trace in TRACES)}
    assert stored <= {"articles.SafetyEvent", "accounts.Delivery"}  # the officers' own record, and letters sent before
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, standfirst, names, body FROM article_search")
        assert OLD not in str(cursor.fetchall())
    assert [found.title for found in search.find("Noor").items] == ["A letter by Noor Aziz"]
    for person in (None, "edith", "sami"):
        pages = Walk(access.browser_of(cast.get(person))).pages
        assert [path for path, (_, text) in pages.items() for trace in TRACES if trace in text + path] == [], person
        assert sum("Noor Aziz" in text for _, text in pages.values()) > 3
    reader = access.browser_of(None)
    assert {reader.get(gone).status_code for gone in (page, f"{page}versions/", "/authors/sami-student/")} == {404}
    assert all(OLD not in f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox[before:])
    assertContains(access.browser_of(maggie).get(_officers_page()), OLD)
    assert is_signed(Submission.objects.get(title="Ready"))


def _officers_page():
    return f"/admin/safety/{SafetyRequest.objects.get().pk}/"


def test_a_pen_name_for_one_piece_leaves_the_others_as_they_are(article, sami, edith, maggie):
    other = makers.an_article(sami, edith, maggie, title="Another")
    ask(sami, article.submission, kind="pen_name", name="Pen Kirsch").change_name(
        by=maggie, name="Pen Kirsch", text="Done.", everywhere=False, pen_name=True
    )
    assert [b.name for b in article.editions.get().bylines.all()] == ["Pen Kirsch"]
    assert [b.name for b in other.editions.get().bylines.all()] == [OLD]
    assert set(Author.objects.values_list("slug", "is_pen_name")) == {("pen-kirsch", True), ("sami-student", False)}
    assert "changed a name" not in access.browser_of(None).get("/authors/pen-kirsch/").content.decode()


def test_a_request_is_seen_by_its_author_and_named_officers_alone(article, sami, rosa, edith, eno, maggie, ada, work):
    request = ask(sami, article.submission, text="My village would burn.")
    with pytest.raises(PermissionDenied):
        ask(rosa, article.submission)
    place = f"/admin/safety/{request.pk}/"
    assertContains(access.browser_of(maggie).get("/admin/"), place)  # nobody was named, so it is the managing editor
    eno.is_named_officer = True
    eno.save(update_fields=["is_named_officer"])
    assertContains(access.browser_of(eno).get(place), "My village would burn.")
    assertContains(access.browser_of(sami).get(f"{article.submission.get_absolute_url()}safety/"), "My village")
    for other in (edith, maggie, ada):
        assert access.browser_of(other).get(place).status_code == (404 if other == maggie else 403)
        assertNotContains(access.browser_of(other).get("/admin/"), place)
    work()
    told = [(m.to[0], m.subject) for m in mail.outbox if "request" in m.body]
    assert told == [("eno@example.org", "Something waits for you at the desk")]
    assert not Delivery.objects.filter(key__contains="safety").exists()


def test_the_answer_stands_on_her_page_and_the_mail_tells_nothing(article, sami, maggie, work):
    request = ask(sami, article.submission, kind="removal", name="")
    place = f"/admin/safety/{request.pk}/"
    maggies = access.browser_of(maggie)
    assertNotContains(maggies.get(place), "change_name")
    maggies.post(f"{place}fulfil/", {"text": "It is gone since noon.", **as_now(request)})
    assertContains(access.browser_of(sami).get(f"{article.submission.get_absolute_url()}safety/"), "gone since noon")
    work()
    (letter,) = [m for m in mail.outbox if m.subject == "An answer to your request"]
    assert letter.to == [sami.email]
    assert "noon" not in letter.body
    assert article.title not in letter.body


def test_nobody_answers_what_she_asked_herself(edith, maggie, eno):
    request = ask(maggie, makers.in_review(maggie, edith))
    with pytest.raises(PermissionDenied):
        request.refuse(by=maggie, text="No.")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("By Sami Student.", "By Noor Aziz."),
        ("sami_student-essay.docx", "noor_aziz-essay.docx"),
        ("<b>SAMI&nbsp;STUDENT</b>", "<b>Noor Aziz</b>"),
        ("Sami Studentova and Resami Student", "Sami Studentova and Resami Student"),
        (["Sami\nStudent", {"by": "Sami Student"}, 3], ["Noor Aziz", {"by": "Noor Aziz"}, 3]),
    ],
)
def test_a_name_is_found_as_it_is_written(text, becomes):
    assert NewName(OLD, "Noor Aziz").put(text) == becomes


def test_a_name_of_one_word_is_changed_only_where_it_stands_alone():
    name = NewName("March", "May")
    assert (name.put("March"), name.put("In March it rained.")) == ("May", "In March it rained.")
    assert name.is_hinted_at("March writes from Oslo.")
    assert NewName("Aoife O'Brien", "A. Smith").put("Aoife O’Brien, Aoife O&#x27;Brien") == "A. Smith, A. Smith"


def test_a_co_author_who_asks_changes_her_own_name_and_nobody_elses(sami, rosa, edith, maggie):
    draft = makers.a_draft(sami)
    draft.bylines.name_others([("Rosa Reader", rosa.email)])
    draft.submit(by=sami)
    request = ask(rosa, draft, name="Noor Aziz")
    assert request.printed_name == "Rosa Reader"
    request.change_name(by=maggie, name="Noor Aziz", text="Done.")
    assert [byline.name for byline in draft.bylines.all()] == [OLD, "Noor Aziz"]


def test_no_history_tells_that_a_name_was_changed(article, sami, edith, maggie):
    turn = Submission.objects.get(pk=article.submission_id).came_from
    ask(sami, article.submission).change_name(by=maggie, name="Noor Aziz", text="Done.")
    piece = Submission.objects.get(pk=article.submission_id)
    assert piece.events.filter(verb="rename").exists()
    assert piece.came_from == turn
    edits = access.browser_of(edith)
    for path in (f"/admin{piece.get_absolute_url()}", f"/admin/articles/{article.pk}/"):
        assertNotContains(edits.get(path), "changed a name")
    assertNotContains(access.browser_of(sami).get(piece.get_absolute_url()), "changed a name")
    assert last_event(piece).verb != "rename"


def test_an_officer_who_is_too_close_never_meets_the_request(article, sami, eno, maggie, work):
    olga = makers.a_person("Olga Officer", groups=["editor"])
    for officer in (eno, olga):
        officer.is_named_officer = True
        officer.save(update_fields=["is_named_officer"])
    Conflict.declare(article.submission, by=eno, reason="My brother.")
    request = ask(sami, article.submission, text="It is about Eno.")
    place = f"/admin/safety/{request.pk}/"
    assert access.browser_of(eno).get(place).status_code == 404
    assertContains(access.browser_of(olga).get(place), "It is about Eno.")
    with pytest.raises(PermissionDenied):
        request.refuse(by=eno, text="No.")
    work()
    assert [m.to[0] for m in mail.outbox if "Something waits" in m.subject] == [olga.email]
    Conflict.declare(article.submission, by=olga)  # then it falls on who leads the desk
    assertContains(access.browser_of(maggie).get("/admin/"), place)
    SafetyRequest.objects.get().fulfil(by=maggie, text="Done.")


def test_where_nobody_may_answer_the_administrators_hear_that_somebody_must_be_named(maggie, edith, ada, work):
    ask(maggie, makers.in_review(maggie, edith), text="I am followed.")
    work()
    told = [m for m in mail.outbox if m.to == [ada.email]]
    assert [m.subject for m in told] == ["Something waits that nobody at the desk may read"]
    assert "followed" not in told[0].body


def test_a_change_of_name_reaches_what_an_editor_keeps_and_mails_that_have_not_left(article, sami, edith, maggie):
    piece = article.submission
    Kept.keep(by=edith, place=f"/admin{piece.get_absolute_url()}write_author/", said={"letter": f"Dear {OLD},"})
    Kept.keep(by=edith, place="/admin/commission/", said={"name": OLD})
    Delivery.objects.create(key="x", to="a@example.org", sender="b@example.org", subject=OLD, text=f"Dear {OLD},")
    ask(sami, piece).change_name(by=maggie, name="Noor Aziz", text="Done.")
    assert Kept.objects.first().said == {"letter": "Dear Noor Aziz,"}
    assert Kept.objects.last().said == {"name": OLD}
    assert Delivery.objects.get(key="x").text == "Dear Noor Aziz,"


def test_a_name_too_long_for_an_account_is_sent_back_to_the_officer(article, sami, maggie):
    request, name = ask(sami, article.submission), "Noor " * 20
    said = {"name": name, "everywhere": "everywhere", "account": "on", "text": "Done."}
    page = access.browser_of(maggie).post(f"/admin/safety/{request.pk}/change_name/", said)
    assertContains(page, "An account’s name has at most 80 letters.")
    sami.refresh_from_db()
    assert sami.name == OLD
