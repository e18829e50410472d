"""Moderating: what waits, one comment in its place, and the decision."""

import re

import pytest

from comments.models import Comment, Trust
from comments.workflow import COMMENT
from tests.comments.making import COMMENTS_IN, a_comment, a_published, a_report, a_reported, a_rule
from tests.makers import a_person

VERBS = [verb for verb, move in COMMENT.moves.items() if move.label and verb not in ("reword", "withdraw")]


@pytest.fixture
def desk(signed_in, mina):
    return signed_in(mina)


def decision(desk, comment, **said):
    """Return what the screen of a comment sends."""
    page = desk.get(f"/admin/comments/{comment.pk}/")
    return {"seen": re.search(r'name="seen" value="(\d+)"', page.text)[1], "rule": "", "reason": ""} | said


def decide(desk, comment, verb, **said):
    return desk.post(f"/admin/comments/{comment.pk}/{verb}/", decision(desk, comment, **said))


def fate(comment):
    return Comment.objects.get(pk=comment.pk).status


def test_a_number_that_no_comment_can_have_is_not_found(desk):
    assert desk.get(f"/admin/comments/{'9' * 20}/").status_code == 404


def test_what_waits_is_on_the_front_page_and_in_the_queue(article, rosa, mina, desk):
    held = a_comment(article, a_person("Nadia"))
    reported = a_reported(article, rosa, mina)
    for page in ("/admin/", "/admin/comments/"):
        text = desk.get(page).text
        assert f"/admin/comments/{held.pk}/" in text
        assert f"/admin/comments/{reported.pk}/" in text


def test_the_worst_reports_come_first(article, rosa, mina, desk):
    for reason in ("off_topic", "threat", "attack"):
        a_report(a_published(article, rosa, mina), reason=reason)
    page = desk.get("/admin/comments/").text
    places = [page.index(words) for words in ("threatens", "attacks a person", "nothing to do with")]
    assert places == sorted(places)


def test_the_screen_shows_the_comment_its_neighbours_and_the_reports(article, rosa, mina, desk):
    Trust.give(rosa, by=mina)
    comments = [a_comment(article, rosa, f"Thought {n} of nine, briefly.") for n in range(1, 10)]
    a_report(comments[4], words="It is about me!", reason="privacy")
    page = desk.get(f"/admin/comments/{comments[4].pk}/").text
    for n in range(2, 9):
        assert f"Thought {n} of nine" in page
    assert "Thought 1 of nine" not in page
    assert "Thought 9 of nine" not in page
    assert "It is about me!" in page
    assert "private information" in page


@pytest.mark.parametrize("state", COMMENTS_IN)
def test_no_screen_and_no_decision_names_a_reporter(state, article, rosa, sami, mina, desk, work):
    sami.rename("Canary Xylophone")
    comment = COMMENTS_IN[state](article, rosa, mina)
    if comment.is_shown:
        a_report(comment, by=sami)
    pages = [desk.get(f"/admin/comments/{comment.pk}/").text, desk.get("/admin/comments/").text]
    pages.append(decide(desk, comment, "keep").text if comment.is_shown else "")
    pages.append(desk.get("/admin/").text)
    for page in pages:
        assert "Xylophone" not in page
        assert "sami@" not in page


def test_the_difference_to_the_reported_wording_is_shown(article, rosa, mina, desk):
    comment = a_reported(article, rosa, mina)
    new = comment.revisions.create(number=2, text="Treaties outlive the presidents who sign them.")
    comment.record(current=new)
    page = desk.get(f"/admin/comments/{comment.pk}/").text
    assert "<del>people</del>" in page
    assert "<ins>presidents</ins>" in page


def test_a_press_approves(article, rosa, desk):
    comment = a_comment(article, rosa)
    assert decide(desk, comment, "approve").status_code == 302
    assert fate(comment) == "published"


def test_a_press_approves_and_trusts(article, rosa, desk):
    comment = a_comment(article, rosa)
    decide(desk, comment, "approve_and_trust")
    assert fate(comment) == "published"
    assert Trust.objects.filter(user=rosa).exists()


@pytest.mark.parametrize(
    ("verb", "reached"),
    [("remove", "removed"), ("hide", "hidden"), ("ask_to_reword", "hidden")],
)
def test_a_rule_and_a_reason_take_a_comment_away(verb, reached, article, rosa, mina, desk):
    comment = a_published(article, rosa, mina)
    decide(desk, comment, verb, rule=a_rule().pk, reason="Because.")
    comment.refresh_from_db()
    assert (comment.status, comment.ruling.rule, comment.ruling.reason) == (reached, a_rule(), "Because.")


def test_spam_needs_no_words(article, rosa, mina, desk):
    comment = a_published(article, rosa, mina)
    decide(desk, comment, "mark_spam")
    comment.refresh_from_db()
    assert (comment.status, comment.ruling.rule.slug) == ("spam", "spam")


def test_spam_is_removed_as_spam_whatever_a_report_called_it(article, rosa, mina, desk):
    comment = a_reported(article, rosa, mina)
    guess = desk.get(f"/admin/comments/{comment.pk}/").context["form"]["rule"].value()
    decide(desk, comment, "mark_spam", rule=guess, reason="Watches again.")
    ruling = comment.rulings.get()
    assert (guess, ruling.rule, ruling.reason) == (a_rule().pk, a_rule("spam"), "Watches again.")
    assert "The rule: spam." in ruling.statement


def test_without_a_rule_nothing_happens_and_the_reason_comes_back(article, rosa, mina, desk):
    comment = a_published(article, rosa, mina)
    page = decide(desk, comment, "remove", reason="I have written this with care.")
    assert "Choose the rule" in page.text
    assert "I have written this with care." in page.text
    assert fate(comment) == "published"


def test_the_reported_reason_is_the_first_guess_for_the_rule(article, rosa, mina, desk):
    comment = a_published(article, rosa, mina)
    a_report(comment, reason="spam")
    assert f'value="{a_rule("spam").pk}" selected' in desk.get(f"/admin/comments/{comment.pk}/").text


def test_the_second_moderator_sees_what_the_first_decided_and_keeps_her_words(
    article, rosa, mina, edith, signed_in
):
    comment = a_reported(article, rosa, mina)
    desk = signed_in(edith)
    said = decision(desk, comment, rule=a_rule().pk, reason="This goes too far for us.")
    comment.keep(by=mina)
    page = desk.post(f"/admin/comments/{comment.pk}/remove/", said)
    assert page.status_code == 409
    assert "kept after a report" in page.text
    assert "Mina Moderator" in page.text
    assert "This goes too far for us." in page.text
    assert fate(comment) == "published"


def test_a_decision_about_a_wording_not_seen_is_refused(article, rosa, mina, desk):
    comment = COMMENTS_IN["rewording"](article, rosa, mina)
    said = decision(desk, comment, rule=a_rule().pk, reason="Still not good.")
    comment.reword("Now it is good, I hope.", by=rosa)
    assert desk.post(f"/admin/comments/{comment.pk}/remove/", said).status_code == 409
    assert fate(comment) == "pending"


def test_a_worse_report_leads_and_is_read_before_the_comment_is_kept(article, rosa, mina, desk):
    comment = a_published(article, rosa, mina)
    a_report(comment, reason="off_topic")
    said = decision(desk, comment, reason="It is on the topic.")
    a_report(comment, reason="threat", words="He says where I live.")
    assert comment.open_case.reason == "threat"
    page = desk.post(f"/admin/comments/{comment.pk}/keep/", said)
    assert page.status_code == 409
    assert "reported</strong>, by somebody else" in page.text
    assert "It is on the topic." in page.text
    assert comment.open_case
    said = decision(desk, comment, reason="Read again.")
    a_report(comment, reason="off_topic", prefix="another net")  # nothing new, so it keeps nobody from deciding
    desk.post(f"/admin/comments/{comment.pk}/keep/", said)
    assert comment.open_case is None


@pytest.mark.parametrize("verb", VERBS)
def test_every_decision_is_behind_the_desk(verb, article, rosa, sami, ada, mina, client, signed_in):
    comment = a_comment(article, rosa)
    address = f"/admin/comments/{comment.pk}/{verb}/"
    assert "login" in client.post(address, {"seen": 0}).headers["Location"]
    for person in (rosa, sami):
        assert "login" in signed_in(person).post(address, {"seen": 0}).headers["Location"]
    assert signed_in(ada).post(address, {"seen": 0}).status_code == 403
    assert signed_in(mina).get(address).status_code == 405
    assert fate(comment) == "pending"


def test_the_writers_verbs_are_not_on_the_desk(article, rosa, desk):
    comment = a_comment(article, rosa)
    for verb in ("withdraw", "reword", "post", "save", "delete"):
        assert desk.post(f"/admin/comments/{comment.pk}/{verb}/", {"seen": 0}).status_code == 404


def test_one_does_not_meet_ones_own_comments_or_piece_on_the_desk(article, rosa, sami, mina, signed_in):
    own, other = a_published(article, mina, None), a_comment(article, rosa)
    a_report(own, by=rosa, words="She insults me.")
    desk = signed_in(mina)
    assert desk.get(f"/admin/comments/{own.pk}/").status_code == 404
    for page in ("/admin/", "/admin/comments/"):
        assert f"/admin/comments/{own.pk}/" not in desk.get(page).text
    sami.groups.set(mina.groups.all())
    essayist = signed_in(sami)
    assert essayist.get(f"/admin/comments/{other.pk}/").status_code == 404
    assert f"/admin/comments/{other.pk}/" not in essayist.get("/admin/").text


def test_earlier_decisions_about_the_writer_are_counted(article, rosa, mina, desk):
    COMMENTS_IN["removed"](article, rosa, mina)
    comment = a_comment(article, rosa)
    assert "1 decision against other comments" in desk.get(f"/admin/comments/{comment.pk}/").text


@pytest.mark.parametrize("page", ["/admin/comments/", "/admin/", "one"])
def test_the_desk_takes_the_same_number_of_queries_for_one_and_three(
    page, article, rosa, mina, desk, django_assert_max_num_queries
):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            comment = a_published(article, rosa, mina)
            for prefix in ("a", "b", "c")[:more]:
                a_report(comment, prefix=prefix)
            a_comment(article, a_person())
        address = f"/admin/comments/{comment.pk}/" if page == "one" else page
        with django_assert_max_num_queries(40) as queries:
            desk.get(address)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
