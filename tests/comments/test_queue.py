"""The moderators' queue: what waits, in which order, and the way from one thing to the next."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Author
from comments.admin.queued import Queue
from comments.models import Appeal, Comment, ReportCase, Trust
from tests.comments.making import (
    a_comment,
    a_hidden,
    a_published,
    a_removed,
    a_report,
    a_reported,
    a_rule,
    an_appeal,
)
from tests.makers import a_person, an_article

QUEUE = "/admin/comments/"


@pytest.fixture
def desk(signed_in, mina):
    return signed_in(mina)


def places(page):
    """Return the addresses of the queue, in its order."""
    return re.findall(r'<a href="([^"]+)" data-row-link', page.text)


def of(comment):
    return f"/admin/comments/{comment.pk}/"


def decide(desk, comment, verb, **said):
    said = {"seen": Comment.objects.get(pk=comment.pk).turn, "rule": "", "reason": ""} | said
    return desk.post(f"{of(comment)}{verb}/", said)


def test_everything_that_waits_stands_in_one_list_worst_and_oldest_first(article, rosa, mina, eno, desk):
    objection = an_appeal(article, rosa, eno)
    held = a_comment(article, a_person())
    reported = {}
    for reason in ("off_topic", "attack", "illegal", "threat"):
        reported[reason] = a_published(article, rosa, mina)
        a_report(reported[reason], reason=reason)
    second = a_published(article, rosa, mina)
    a_report(second, reason="attack")
    wanted = [reported["threat"], reported["illegal"], reported["attack"], second, reported["off_topic"], held]
    assert places(desk.get(QUEUE)) == [*map(of, wanted), f"/admin/comments/appeals/{objection.pk}/"]


def test_what_is_late_is_not_left_lying_behind_what_is_worse(article, rosa, mina, eno, desk):
    old, older = a_comment(article, a_person()), an_appeal(article, rosa, eno)
    threat, attack = (a_published(article, rosa, mina) for _ in range(2))
    for comment, reason in ((threat, "threat"), (attack, "attack")):
        a_report(comment, reason=reason)
    Comment.objects.filter(pk=old.pk).update(moved_at=timezone.now() - timedelta(hours=25))
    Appeal.objects.filter(pk=older.pk).update(submitted_at=timezone.now() - timedelta(days=9))
    page = desk.get(QUEUE)
    assert places(page) == [of(threat), f"/admin/comments/appeals/{older.pk}/", of(old), of(attack)]
    assert "<strong>2 late</strong>" in page.text


def test_a_row_says_what_it_is_about_and_why_it_waits(article, rosa, mina, desk):
    a_comment(article, a_person("Nadia Newcomer"), "The dam came without a question.")
    comment = a_published(article, rosa, mina)
    for prefix in ("a", "b"):
        a_report(comment, prefix=prefix)
    text = desk.get(QUEUE).text
    assert "Comment by Nadia Newcomer on “A promise at night”" in text
    assert "first comments" in text
    assert "The dam came without a question." in text
    assert "Comment #1 by Rosa Reader on “A promise at night”" in text
    assert "It attacks a person instead of an argument · 2 reports" in text


def test_the_reported_words_stand_in_the_row(article, rosa, mina, desk):
    comment = a_reported(article, rosa, mina, "Only a fool could have written this.")
    comment.record(current=comment.revisions.create(number=2, text="Everybody could have written this."))
    assert "Only a fool" in desk.get(QUEUE).text


def test_an_objection_to_ones_own_decision_stands_apart(article, rosa, mina, edith, desk, signed_in):
    own = an_appeal(article, rosa, mina)
    page = desk.get(QUEUE)
    assert places(page) == []
    assert "Nothing waits for you here." in page.text
    assert "Somebody else looks at these objections" in page.text
    assert f"/admin/comments/appeals/{own.pk}/" in page.text
    assert places(signed_in(edith).get(QUEUE)) == [f"/admin/comments/appeals/{own.pk}/"]


def test_ones_own_objection_is_for_somebody_else(article, rosa, mina, edith, desk):
    comment = a_published(article, rosa, edith)
    a_report(comment, by=mina)
    comment.keep(by=edith)
    Appeal.submit(comment.rulings.last(), by=mina, words="It still attacks a person.")
    assert places(desk.get(QUEUE)) == []


@pytest.mark.parametrize("superuser", [False, True])
def test_ones_own_comments_and_pieces_are_never_offered(article, rosa, sami, mina, edith, maggie, signed_in, superuser):
    sami.groups.set(mina.groups.all())
    sami.is_superuser = superuser
    sami.save(update_fields=["is_superuser"])
    other = an_article(rosa, edith, maggie)
    own = a_published(other, sami, mina)
    a_report(own)
    under_own_piece = a_comment(article, a_person())
    an_appeal(article, rosa, mina)
    offered = a_comment(other, a_person())
    desk = signed_in(sami)
    assert places(desk.get(QUEUE)) == [of(offered)]
    for comment in (own, under_own_piece):
        assert desk.get(of(comment)).status_code == 404
        for verb in ("writer/sanction", "remove"):
            assert desk.post(f"{of(comment)}{verb}/").status_code == 404


def test_no_page_gives_away_who_stands_behind_a_pen_name(article, sami, mina, eno, desk):
    Author.objects.filter(user=sami).update(name="A. Nightingale")
    sami.rename("Canary Xylophone")
    article.edition.bylines.update(name="A. Nightingale")
    pen = article.discussion.author_for(sami)
    comments = {
        "held": a_comment(article, sami),
        "reported": a_published(article, sami, eno),
        "objected": a_removed(article, sami, eno),
    }
    for comment in comments.values():
        comment.record(speaks_as=pen)
    a_report(comments["reported"], reason="threat")
    objection = Appeal.submit(comments["objected"].ruling, by=sami, words="It was about the treaty.")
    pages = ["/admin/", QUEUE, f"/admin/comments/appeals/{objection.pk}/", *map(of, comments.values())]
    for page in map(desk.get, pages):
        assert "Xylophone" not in page.text, page.request["PATH_INFO"]
        assert "sami@" not in page.text
    comments["held"].withdraw(by=sami)
    late = desk.post(f"{of(comments['held'])}approve/", {"seen": 0})
    assert (late.status_code, "A. Nightingale" in late.text, "Xylophone" in late.text) == (409, True, False)


def test_nobody_learns_who_reported(article, rosa, sami, mina, desk):
    sami.rename("Canary Xylophone")
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami, words="It is about me.")
    said = {"ticked": f"{comment.pk}.0", "rule": a_rule().pk, "reason": "It is about a person."}
    pages = [
        desk.get("/admin/"),
        desk.get(QUEUE),
        desk.get(of(comment)),
        desk.post(f"{of(comment)}remove/", {"seen": Comment.objects.get(pk=comment.pk).turn}),
        desk.post(f"{of(comment)}remove/", {"seen": 0}),
        desk.post(f"{of(comment)}writer/sanction/"),
        desk.post("/admin/comments/together/remove/", said),
        decide(desk, comment, "keep"),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200, 200, 409, 200, 200, 302]
    for page in [*pages, desk.get(QUEUE), desk.get(of(comment))]:
        assert "Xylophone" not in page.text
        assert "sami@" not in page.text


def test_after_a_decision_the_next_one_comes_and_the_last_can_be_looked_at_again(article, rosa, mina, desk):
    first, second, third = (a_comment(article, a_person()) for _ in range(3))
    assert decide(desk, second, "approve").headers["Location"] == of(third)
    page = desk.get(of(third))
    assert f'approved. <a href="{of(second)}">Look at it again</a>' in page.text
    assert decide(desk, third, "approve").headers["Location"] == of(first), "behind the last stands the first"
    assert decide(desk, first, "approve").headers["Location"] == QUEUE


def test_an_objection_is_a_stop_on_the_way(article, rosa, mina, eno, desk):
    objection = an_appeal(article, rosa, eno)
    held = a_comment(article, a_person())
    address = f"/admin/comments/appeals/{objection.pk}/"
    assert decide(desk, held, "approve").headers["Location"] == address
    assert desk.post(f"{address}let_stand/", {"reason": "It was."}).headers["Location"] == QUEUE


def test_who_looks_again_at_what_was_decided_goes_back_to_the_list(article, rosa, mina, desk):
    removed = a_removed(article, rosa, mina)
    a_comment(article, a_person())
    assert decide(desk, removed, "restore").headers["Location"] == QUEUE


def test_a_comment_knows_its_neighbours_in_the_queue(article, desk):
    first, second, third = (a_comment(article, a_person()) for _ in range(3))
    text = desk.get(of(second)).text
    assert f'<a href="{of(first)}" rel="prev" data-go="k">' in text
    assert f'<a href="{of(third)}" rel="next" data-go="j">' in text
    assert "2 of 3 that wait" in text
    assert 'rel="prev"' not in desk.get(of(first)).text
    assert 'rel="next"' not in desk.get(of(third)).text


def test_a_decision_can_be_about_one_sentence(article, rosa, mina, desk):
    comment = a_published(article, rosa, mina, "I read it twice. Only a fool could write this. Thank you.")
    said = {"rule": a_rule().pk, "reason": "Leave out the fool."}
    refused = decide(desk, comment, "ask_to_reword", quote="These words never stood there.", **said)
    assert "Select a valid choice" in refused.text
    decide(desk, comment, "ask_to_reword", quote="Only a fool could write this.", **said)
    ruling = comment.rulings.get()
    assert ruling.quote == "Only a fool could write this."
    assert "> Only a fool could write this.\n" in ruling.statement


def test_similar_decisions_stand_beside_the_comment(article, rosa, mina, eno, desk):
    for number in range(7):
        earlier = a_published(article, rosa, eno, f"Fool number {number} wrote this.")
        earlier.remove(by=eno, rule=a_rule(), reason=f"Reason number {number}.")
    comment = a_reported(article, a_person(), mina)
    page = desk.get(of(comment)).text
    shown = [n for n in range(7) if f"Reason number {n}." in page]
    assert shown == [2, 3, 4, 5, 6]
    held = a_comment(article, a_person())
    assert "Reason number 6." not in desk.get(of(held)).text
    by_rule = desk.get(f"{of(held)}?rule=attack").text
    assert "Reason number 6." in by_rule
    assert f'value="{a_rule().pk}" selected' in by_rule


def test_the_rule_that_holds_a_comment_is_said(article, desk):
    held = a_comment(article, a_person())
    assert held.held_for in desk.get(of(held)).text


def test_what_the_screen_has_hidden_waits_until_somebody_decides(article, rosa, mina, desk):
    Trust.give(rosa, by=mina)
    comment = a_comment(article, rosa)
    for number in range(3):
        a_report(comment, by=a_person(), prefix=f"net {number}")
    comment.refresh_from_db()
    assert comment.status == "hidden"
    assert places(desk.get(QUEUE)) == [of(comment)]
    decide(desk, comment, "restore", reason="It is about the treaty.")
    assert ReportCase.objects.get().status == "kept"
    assert places(desk.get(QUEUE)) == []


def test_what_a_moderator_has_hidden_for_now_does_not_wait(article, rosa, mina, desk):
    a_hidden(article, rosa, mina)
    assert places(desk.get(QUEUE)) == []


def test_what_somebody_decided_while_the_list_was_made_is_left_out(article, rosa, mina, eno):
    held, kept = a_comment(article, a_person()), a_reported(article, rosa, mina)
    waits = a_comment(article, a_person())
    queue = Queue(mina)
    held.approve(by=mina)
    kept.keep(by=eno)
    assert [row.url for row in queue.rows(10)] == [of(waits)]
