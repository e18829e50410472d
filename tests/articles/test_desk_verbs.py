"""The desk's buttons, pressed in the browser's way."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.urls import reverse
from django.utils import timezone
from lxml import html

import forum
from articles.models import Article, Conflict, Message, Region, Submission, Topic
from articles.signing import digest_of
from forum.lib.moves import Guest
from tests import makers
from tests.opened import as_now, fields_of

pytestmark = pytest.mark.django_db


ABOUT = {"submission": Submission.objects, "article": Article.objects, "message": Message.objects}


def desk(name, *args):
    return reverse(f"admin:{name}", args=args)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def press(client):
    """Let somebody press a button about a thing: the POST that its form sends."""

    def press(person, name, key, **said):
        client.force_login(person)
        thing = ABOUT[name.partition("_")[0]].get(**({"code": key} if isinstance(key, str) else {"pk": key}))
        return client.post(desk(name, key), {**as_now(thing), **said})

    return press


def now(thing):
    return type(thing).objects.get(pk=thing.pk)


WHY = {"strength": "It is clear.", "improve": "Say who signed.", "invited": "no"}


def later(days=5):
    at = timezone.localtime() + timedelta(days=days)
    said = {"when": "at", "at_day": f"{at:%Y-%m-%d}", "at_hour": "09:30"}
    return {**said, "shown": at.replace(hour=9, minute=30, second=0, microsecond=0).isoformat()}


def test_a_piece_goes_from_new_to_published_by_the_desks_buttons(press, sami, edith, maggie):
    piece = makers.a_submitted(sami)
    go = piece.code
    assert press(edith, "submission_take_up", go).url == desk("submission", go)
    due = timezone.localdate() + timedelta(days=9)
    press(edith, "submission_ask_for_changes", go, letter="Who signed it?", due=due)
    piece = now(piece)
    assert (piece.status, piece.letters.get().text) == ("with_author", "Who signed it?")
    assert timezone.localdate(piece.due_at) == due
    press(edith, "submission_call_back", go)
    press(edith, "submission_accept", go, letter="")
    piece = now(piece)
    press(
        edith,
        "submission_classification",
        go,
        version=piece.version,
        kind=makers.Kind.objects.get(slug="essay").pk,
        main_topic=Topic.objects.get(slug="diplomacy").pk,
        regions=[Region.objects.get(slug="southern-europe").pk],
    )
    press(edith, "submission_send_proof", go)
    piece = now(piece)
    piece.sign_off(by=sami, digest=digest_of(piece))
    press(maggie, "submission_publish", go, **later())
    assert timezone.localtime(Article.objects.get().published_at).hour == 9
    press(maggie, "submission_reschedule", go, **later(8), seen=now(piece).turn)
    press(maggie, "submission_unschedule", go)
    assert not Article.objects.exists()
    press(maggie, "submission_publish", go, when="now", shown="now")
    assert Article.objects.get().is_out


def test_the_review_page_offers_just_the_buttons_of_this_person(client, sami, edith, eno, maggie):
    piece = makers.in_review(sami, edith)
    offered = {}
    for person in (edith, eno, maggie):
        client.force_login(person)
        page = text_of(client.get(desk("submission", piece.code)))
        offered[person] = set(re.findall(rf"/{piece.code}/(\w+)/", page)) - {
            "conflict",
            "revisions",
            "compare",
            "notes",
            "others",
        }
    assert offered[edith] == {"put_back", "ask_for_changes", "accept", "decline", "write_author"}
    assert offered[eno] == set()
    assert offered[maggie] == {"put_back", "reassign", "write_author"}


def test_a_button_that_cannot_be_pressed_says_why(client, sami, edith):
    piece = makers.in_review(sami, edith)
    piece.accept(by=edith)
    client.force_login(edith)
    assert "Choose what kind of piece this is first." in text_of(client.get(desk("submission", piece.code)))


def test_looking_at_a_button_presses_nothing(client, sami, edith):
    piece = makers.a_submitted(sami)
    client.force_login(edith)
    assert client.get(desk("submission_take_up", piece.code)).status_code == 200
    assert now(piece).status == "submitted"


def test_the_second_of_two_editors_reads_what_happened_and_gets_the_letter_back(press, sami, edith, eno):
    piece = makers.a_submitted(sami)
    piece.take_up(by=eno)
    piece.put_back(by=eno)
    piece.decline(by=eno, letter="No.")
    response = press(edith, "submission_decline", piece.code, letter="My long and careful letter to you.")
    assert response.status_code == 409
    page = text_of(response)
    assert "declined the piece" in page
    assert eno.name in page
    assert "My long and careful letter to you." in page


def test_a_complaint_stands_above_the_form_with_the_letter_in_it(press, sami, edith, eno):
    piece = makers.in_review(sami, eno)
    response = press(edith, "submission_decline", piece.code, letter="My long and careful letter.", **WHY)
    assert response.status_code == 409
    assert f"{eno.name} is handling this piece." in text_of(response)
    assert "My long and careful letter." in text_of(response)


def test_who_has_given_a_piece_away_hears_who_handles_it(press, sami, edith, eno, maggie):
    piece = makers.in_review(sami, edith)
    piece.reassign(by=maggie, to=eno)
    response = press(edith, "submission_ask_for_changes", piece.code, letter="Please say who.", due="2030-01-01")
    assert response.status_code == 403
    assert f"{eno.name} handles this piece." in text_of(response)
    assert "Please say who." in text_of(response)


@pytest.mark.parametrize("due", ["", "yesterday", "2020-01-01", "9999-12-31"])
def test_a_letter_survives_a_date_that_cannot_be(press, sami, edith, due):
    piece = makers.in_review(sami, edith)
    response = press(edith, "submission_ask_for_changes", piece.code, letter="Please say who.", due=due)
    assert response.status_code == 200
    assert "Please say who." in text_of(response)
    assert now(piece).status == "in_review"


@pytest.mark.parametrize(
    ("verb", "said"), [("ask_for_changes", "Say what should change"), ("decline", "Say one thing the piece does well.")]
)
def test_a_letter_with_nothing_but_its_beginning_is_not_sent(verb, said, press, client, sami, edith):
    piece = makers.in_review(sami, edith)
    client.force_login(edith)
    beginning = client.get(desk(f"submission_{verb}", piece.code)).context["form"].initial
    response = press(edith, f"submission_{verb}", piece.code, **beginning)
    assert said in text_of(response)
    assert now(piece).status == "in_review"


def test_only_editors_who_are_not_too_close_are_offered_a_piece(client, press, sami, edith, eno, maggie):
    piece = makers.in_review(sami, edith)
    Conflict.declare(piece, by=eno)
    client.force_login(maggie)
    page = text_of(client.get(desk("submission_reassign", piece.code)))
    assert f">{maggie.name}</option>" in page
    assert f">{eno.name}</option>" not in page
    assert press(maggie, "submission_reassign", piece.code, to=eno.pk, seen=piece.turn).status_code == 200
    assert press(maggie, "submission_reassign", piece.code, to=maggie.pk, seen=piece.turn).status_code == 302
    assert press(maggie, "submission_reassign", piece.code, to=edith.pk, seen=piece.turn).status_code == 409


def test_what_is_no_submission_is_set_aside_in_bulk_and_the_rest_is_told(client, sami, edith, eno):
    spam = [makers.a_submitted(sami, title=f"Buy {n}") for n in range(3)]
    spam[2].take_up(by=eno)
    client.force_login(edith)
    ticked = [f"{piece.pk}.{now(piece).turn}" for piece in spam]
    page = text_of(client.post(desk("submissions_dismiss"), {"ticked": ticked}, follow=True))
    assert "2 pieces were set aside" in page
    assert "Buy 2 (in review)" in page
    assert [now(piece).status for piece in spam] == ["dismissed", "dismissed", "in_review"]


def test_nothing_ticked_is_said_and_not_shown_pieces_stay(client, sami, edith, eno):
    piece = makers.a_submitted(sami)
    Conflict.declare(piece, by=edith)
    client.force_login(edith)
    assert "Tick the pieces" in text_of(client.post(desk("submissions_dismiss"), {}, follow=True))
    client.post(desk("submissions_dismiss"), {"ticked": [f"{piece.pk}.{piece.turn}"]})
    assert now(piece).status == "submitted"


def test_a_piece_that_was_taken_back_and_sent_in_anew_is_not_set_aside_unread(client, sami, edith):
    piece, spam = makers.a_submitted(sami), makers.a_submitted(sami, title="Buy")
    client.force_login(edith)
    listed = html.fromstring(client.get(desk("submissions")).content)
    ticked = {"ticked": listed.xpath("//input[@name='ticked']/@value")}
    piece.take_back(by=sami)
    piece.submit(by=sami)
    page = text_of(client.post(desk("submissions_dismiss"), ticked, follow=True))
    assert "Left as they are, because somebody was there first: A promise at night (new)" in page
    assert [now(piece).status, now(spam).status] == ["submitted", "dismissed"]
    for garbled in ("²", "", f"{piece.pk}", f"{piece.pk}.", f"{piece.pk}.{'9' * 40}", piece.code):
        client.post(desk("submissions_dismiss"), {"ticked": garbled})
    assert now(piece).status == "submitted"


def test_an_editor_steps_aside_and_what_she_was_reading_goes_back_in_one_press(press, sami, edith):
    piece, hers = makers.a_submitted(sami), makers.in_review(sami, edith)
    for close in (piece, hers):
        assert press(edith, "submission_conflict", close.code, reason="My cousin").status_code == 302
    assert not Submission.objects.on_desk(edith).exists()
    assert (now(hers).status, now(hers).editor) == ("submitted", None)
    accepted = makers.an_accepted(sami, edith)
    response = press(edith, "submission_conflict", accepted.code, reason="My cousin too")
    assert "Have it given to another editor" in text_of(response)
    assert "My cousin too" in text_of(response)


def text(piece, **changes):
    return {**piece.text(), "version": piece.version, **changes}


def test_the_handling_editor_edits_the_text(press, sami, edith):
    piece = makers.an_accepted(sami, edith)
    response = press(
        edith, "submission_text", piece.code, **text(piece, title="At night", body="<p>New.</p>")
    )
    assert response.status_code == 302
    assert (now(piece).title, now(piece).html) == ("At night", "<p>New.</p>")


def test_the_second_of_two_writers_sees_both_texts_and_loses_nothing(press, sami, edith):
    piece = makers.an_accepted(sami, edith)
    stale = text(piece, body="<p>What I typed here.</p>")
    piece.write(by=edith, version=piece.version, body="<p>What the other tab saved.</p>")
    response = press(edith, "submission_text", piece.code, **stale)
    page = text_of(response)
    assert response.status_code == 409
    assert "What the other tab saved." in page
    assert "What I typed here." in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert press(edith, "submission_text", piece.code, **{**stale, "version": version}).status_code == 302
    assert now(piece).body == "<p>What I typed here.</p>"
    assert [revision.body for revision in piece.revisions.all()][-1] == "<p>What the other tab saved.</p>"


def test_a_text_saved_after_the_proof_went_comes_back_with_what_came_first(press, sami, edith):
    piece = makers.an_accepted(sami, edith)
    late = text(piece, body="<p>What I typed in the other tab.</p>")
    piece.send_proof(by=edith)
    response = press(edith, "submission_text", piece.code, **late)
    assert response.status_code == 409
    assert "sent the proof</strong>, by you" in text_of(response)
    assert "What I typed in the other tab." in text_of(response)


def test_what_is_to_appear_later_is_not_called_published(press, client, sami, edith, maggie):
    piece = makers.a_ready(sami, edith)
    press(maggie, "submission_publish", piece.code, **later())
    assert client.get(desk("submission", piece.code)).text.count("Scheduled") == 1
    assert "Scheduled" in client.get(desk("submissions")).text
    assert now(makers.an_article(sami, edith, maggie).submission).label == "Published"


def test_authors_are_ordered_and_added_without_touching_whose_pages_are_whose(press, sami, edith):
    piece = makers.an_accepted(sami, edith)
    first = piece.bylines.get()
    said = {
        "version": piece.version,
        "by-TOTAL_FORMS": 2,
        "by-INITIAL_FORMS": 1,
        "by-0-key": first.pk,
        "by-0-order": 2,
        "by-0-name": first.name,
        "by-0-biography": "Changed.",
        "by-1-order": 1,
        "by-1-name": "Nora New",
        "by-1-biography": "",
    }
    assert press(edith, "submission_bylines", piece.code, **said).status_code == 302
    nora, same = piece.bylines.all()
    assert (nora.name, nora.author.user) == ("Nora New", None)
    assert (same.author, same.biography) == (first.author, "Changed.")
    stale = press(edith, "submission_bylines", piece.code, **said | {"by-1-name": "Nora Newer"})
    assert stale.status_code == 409
    assert "Nora New</strong>" in text_of(stale)
    assert "Nora Newer" in text_of(stale)
    gone = {**said, "version": now(piece).version, "by-0-DELETE": "on", "by-1-DELETE": "on"}
    assert "at least one author" in text_of(press(edith, "submission_bylines", piece.code, **gone))


def test_an_author_whom_another_window_added_has_a_row_in_the_form_that_was_overtaken(press, sami, edith):
    piece = makers.an_accepted(sami, edith)
    first = piece.bylines.get()
    said = {"version": piece.version, "by-TOTAL_FORMS": 2, "by-INITIAL_FORMS": 1, "by-1-name": "", "by-1-order": ""}
    said |= {"by-0-key": first.pk, "by-0-order": 1, "by-0-name": first.name, "by-0-biography": "Mine."}
    piece.credit(by=edith, version=piece.version, bylines=[(first.pk, "S. S.", "Theirs."), (None, "Nora New", "Law.")])
    stale = press(edith, "submission_bylines", piece.code, **said)
    again = fields_of(stale, "version")
    assert [again.get(f"by-{row}-name") for row in range(3)] == [[first.name], None, ["Nora New"]]
    assert press(edith, "submission_bylines", piece.code, **again).status_code == 302
    printed = piece.bylines.order_by("order").values_list("name", "biography")
    assert [*printed] == [(first.name, "Mine."), ("Nora New", "Law.")]


def test_a_name_that_an_editor_changes_leads_to_no_page_of_the_person_behind_it(press, sami, edith, maggie):
    article = makers.an_article(sami, edith, maggie)
    known = article.printed_bylines[0].author
    piece = makers.an_accepted(sami, edith, title="Behind a mask")
    said = {"version": piece.version, "by-TOTAL_FORMS": 1, "by-INITIAL_FORMS": 1, "by-0-order": 1}
    said |= {"by-0-key": piece.bylines.get().pk, "by-0-name": "K. Stern", "by-0-biography": "Writes at night."}
    press(edith, "submission_bylines", piece.code, **said)
    mask = piece.bylines.get().author
    assert (mask.name, mask.user) == ("K. Stern", sami)
    assert mask != known


def place(piece, **changes):
    topics = list(Topic.objects.values_list("pk", flat=True)[:5])
    return {
        "version": piece.version,
        "kind": makers.Kind.objects.get(slug="letter").pk,
        "main_topic": topics[0],
        "other_topics": topics[1:3],
        **changes,
    }


def test_a_piece_is_placed_with_questions_and_the_piece_it_responds_to(press, sami, rosa, edith, maggie):
    other = makers.an_article(rosa, edith, maggie)
    piece = makers.an_accepted(sami, edith)
    question = makers.a_question()
    said = place(
        piece, question_1=question.pk, stance_1="no", responds_to=f"https://x.org{other.get_absolute_url()}"
    )
    assert press(edith, "submission_classification", piece.code, **said).status_code == 302
    piece = now(piece)
    assert piece.responds_to == other
    assert [(a.question, a.stance) for a in piece.answers.all()] == [(question, "no")]
    assert len(piece.topics_in_order) == 3
    assert piece.topics_in_order[0] == piece.primary_topic


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"other_topics": [2, 3, 4, 5]}, "at most three topics"),
        ({"regions": [1, 2, 3, 4, 5]}, "at most four regions"),
        ({"stance_1": "yes"}, "go together"),
        ({"responds_to": "/articles/1999/nothing/"}, "no published piece"),
        ({"responds_to": "http://[nonsense"}, "no published piece"),
        ({"responds_to": "/about/"}, "no published piece"),
        ({"kind": ""}, "required"),
    ],
)
def test_a_wrong_place_is_said_beside_its_field(press, sami, edith, wrong, says):
    piece = makers.an_accepted(sami, edith)
    response = press(edith, "submission_classification", piece.code, **place(piece, **wrong))
    assert response.status_code == 200
    assert says in text_of(response)


def test_a_commission_starts_accepted_with_its_editor(client, sami, edith):
    client.force_login(edith)
    said = {
        "email": "nobody@example.org",
        "name": "S. Student",
        "title": "Asked for",
        "body": "<p>Begin.</p>",
    }
    sami.deactivate()
    refused = client.post(desk("commission"), {**said, "email": sami.email})
    assert "is closed" in text_of(refused)
    assert "Begin." in text_of(refused)
    sami.reactivate()
    client.post(desk("commission"), {**said, "email": sami.email.upper()})
    piece = Submission.objects.get()
    assert (piece.status, piece.editor, piece.corresponding_author) == ("accepted", edith, sami)
    client.post(desk("submission_classification", piece.code), place(piece))
    byline = piece.bylines.get()
    credit = {"version": now(piece).version, "by-TOTAL_FORMS": 1, "by-INITIAL_FORMS": 1}
    credit |= {"by-0-key": byline.pk, "by-0-order": 1, "by-0-name": byline.name, "by-0-biography": "Studies law."}
    client.post(desk("submission_bylines", piece.code), credit)
    client.post(desk("submission_send_proof", piece.code), as_now(piece))
    assert now(piece).status == "proof"
    word = (Path(forum.__file__).with_name("demo") / "sample.docx").read_bytes()
    sent = {"email": sami.email, "name": "S. Student", "title": "", "body": "", "file": File("essay.docx", word)}
    client.post(desk("commission"), sent)
    by_file = Submission.objects.latest("pk")
    assert (by_file.title, by_file.uploads.get().name) == ("Who Should Pay for a Sinking Coast?", "essay.docx")
    empty = client.post(desk("commission"), {**said, "email": sami.email, "body": ""})
    assert "Choose a Word file, or write the text below" in empty.text
    untitled = client.post(desk("commission"), {**said, "email": sami.email, "title": ""})
    assert "Give the piece a title." in text_of(untitled)
    own = client.post(desk("commission"), {**said, "email": edith.email})
    assert "too close" in text_of(own)


def test_an_article_is_corrected_in_the_open(press, sami, edith, maggie):
    article = makers.an_article(sami, edith, maggie)
    said = {**article.edition.text(), "seen": article.turn, "change": "correction"}
    silent = press(edith, "article_amend", article.pk, **{**said, "title": "At noon"})
    assert "Tell readers in a sentence" in text_of(silent)
    assert 'value="At noon"' in text_of(silent)
    press(edith, "article_amend", article.pk, **{**said, "title": "At noon", "note": "It was noon."})
    assert now(article).title == "At noon"


def test_the_second_of_two_corrections_sees_both_texts(press, sami, edith, maggie):
    article = makers.an_article(sami, edith, maggie)
    said = {**article.edition.text(), "seen": article.turn, "change": "update", "note": "New."}
    article.amend(by=maggie, change="update", note="First.", body="<p>What Maggie wrote.</p>")
    response = press(edith, "article_amend", article.pk, **{**said, "body": "<p>What Edith wrote.</p>"})
    page = text_of(response)
    assert response.status_code == 409
    assert "What Maggie wrote." in page
    assert "What Edith wrote." in page
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    again = {**said, "body": "<p>What Edith wrote.</p>", "seen": seen}
    assert press(edith, "article_amend", article.pk, **again).status_code == 302


def test_a_scheduled_piece_stays_the_text_its_author_approved(press, sami, edith, maggie):
    article = makers.a_scheduled(sami, edith, maggie).article
    said = {
        **article.edition.text(),
        "title": "Another",
        "seen": article.turn,
        "change": "update",
        "note": "x",
    }
    response = press(edith, "article_amend", article.pk, **said)
    assert "call off its publication first" in text_of(response)
    assert now(article).title == article.title


def test_a_piece_is_retracted_removed_and_restored_by_a_managing_editor(press, sami, edith, maggie):
    article = makers.an_article(sami, edith, maggie)
    assert press(edith, "article_retract", article.pk, notice="Wrong.").status_code == 403
    for verb, said, status in [
        ("retract", {"notice": "Its source was invented."}, "retracted"),
        ("remove", {"notice": "Removed by law."}, "removed"),
        ("restore", {"note": "Settled."}, "published"),
    ]:
        assert press(maggie, f"article_{verb}", article.pk, **said).status_code == 302
        assert now(article).status == status


def test_an_article_is_reclassified(press, sami, edith, maggie):
    article = makers.an_article(sami, edith, maggie)
    topic = Topic.objects.get(slug="space")
    kind = makers.Kind.objects.get(slug="letter")
    press(edith, "article_reclassify", article.pk, seen=article.turn, kind=kind.pk, main_topic=topic.pk)
    assert (now(article).kind, now(article).primary_topic) == (kind, topic)


def test_a_message_is_answered_once(press, mina, edith):
    message = Message.send(by=Guest("r@example.org"), kind="contact", text="May I?", email="r@example.org")
    assert press(mina, "message_answer", message.pk, text="You may.").status_code == 302
    assert now(message).answer_text == "You may."
    late = press(edith, "message_answer", message.pk, text="My own long answer to you.")
    assert late.status_code == 409
    assert "My own long answer to you." in text_of(late)


def test_the_author_hears_of_a_letter_by_mail(press, work, mailoutbox, sami, edith):
    piece = makers.in_review(sami, edith)
    work()
    mailoutbox.clear()
    press(edith, "submission_decline", piece.code, letter="We cannot print this.", **WHY)
    work()
    assert any("We cannot print this." in mail.body for mail in mailoutbox)
