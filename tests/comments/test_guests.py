"""Asking somebody from outside about an objection, where nobody at the desk may decide."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from comments.models import Appeal, Comment, Discussion, Ruling, Sanction
from forum.lib.moves import Guest, IllegalMove, Refused
from tests import makers
from tests.comments.making import a_published, a_removed, a_report, a_rule, a_sanction, an_appeal

WHY = "I wrote about the argument and not about the person."
GERDA = {"name": "Gerda Guest", "email": "gerda@example.net"}
ANSWER = {"reason": "It is sharp, and about what was said."}


@pytest.fixture
def alone(article, edith, maggie):
    """The managing editor, who is all there is of a desk."""
    edith.groups.clear()
    return maggie


@pytest.fixture
def appeal(article, alone, rosa):
    """Rosa's objection to what the only one at the desk decided about her comment."""
    return an_appeal(article, rosa, alone, words=WHY)


def ask_page(appeal):
    return f"/admin/comments/guests/{appeal.pk}/"


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def mailed(work, address=GERDA["email"]):
    """Return the address for deciding that was mailed last to somebody."""
    work()
    letters = [letter.body for letter in mail.outbox if letter.to == [address]]
    return re.findall(r"https?://[^/]+(/objections/guest/\S+)", letters[-1])[-1]


def test_a_desk_of_one_has_a_removal_looked_at_again(article, alone, rosa, signed_in, work):
    comment = a_removed(article, rosa, alone)
    work()
    letter = next(letter.body for letter in mail.outbox if "/objections/" in letter.body)
    Client().post(re.search(r"/objections/\S+", letter)[0], {"words": WHY})
    appeal, desk = Appeal.objects.get(), signed_in(alone)
    front = desk.get("/admin/").text
    assert "Ask a guest" in front
    assert ask_page(appeal) in front
    assert ask_page(appeal) in desk.get(f"/admin/comments/appeals/{appeal.pk}/").text
    assert "Nobody at the desk may decide this." in desk.get(f"/admin/comments/appeals/{appeal.pk}/").text
    assert "you asked a guest to decide" in desk.post(ask_page(appeal), GERDA, follow=True).text
    there, guest = mailed(work), Client()
    page = guest.get(there).text
    assert comment.current.text in page
    assert WHY in page
    assert "It is about the person." in page
    assert guest.post(f"{there}reverse/", ANSWER).status_code == 302
    assert (again(appeal).status, again(comment).status, again(comment).number) == ("reversed", "published", 1)
    assert again(article.discussion).published_count == 1
    assert not Ruling.objects.strikes(rosa).exists()
    restored = again(comment).ruling
    assert (restored.verb, restored.guest, restored.by) == ("restore", GERDA["email"], None)
    work()
    told = [letter for letter in mail.outbox if letter.to == [rosa.email] and ANSWER["reason"] in letter.body]
    assert told
    assert all("Gerda" not in letter.body and GERDA["email"] not in letter.body for letter in told)
    assert "Gerda" not in guest.get(article.get_absolute_url()).text


def test_a_guest_lets_a_decision_stand(appeal, alone, rosa, work):
    appeal.ask_guest(by=alone, **GERDA)
    there, guest = mailed(work), Client()
    guest.post(f"{there}let_stand/", {"reason": "It is about the person."})
    assert (again(appeal).status, again(appeal.ruling.comment).status) == ("stands", "removed")
    assert list(Ruling.objects.strikes(rosa)) == [appeal.ruling]
    work()
    assert any(letter.subject == "Decision stands" for letter in mail.outbox if letter.to == [rosa.email])


def test_a_guest_decides_once(appeal, alone, work):
    appeal.ask_guest(by=alone, **GERDA)
    there, guest = mailed(work), Client()
    assert "Give a reason." in guest.post(f"{there}let_stand/", {"reason": ""}).text
    guest.post(f"{there}let_stand/", ANSWER)
    assert "Whoever objected has your answer" in guest.get(there).text
    late = guest.post(f"{there}reverse/", {"reason": "On second thoughts."})
    assert late.status_code == 409
    assert "On second thoughts." in late.text
    assert "by somebody without an account" in late.text
    assert again(appeal).status == "stands"


def test_a_guest_who_reverses_a_keeping_removes_the_comment(article, alone, rosa, sami, work):
    comment = a_published(article, rosa, alone)
    report = a_report(comment, by=Guest("ines@example.org"))
    comment.keep(by=alone)
    appeal = Appeal.submit(comment.ruling, by=Guest("ines@example.org"), words=WHY, report=report)
    appeal.ask_guest(by=alone, **GERDA)
    there, guest = mailed(work), Client()
    assert "Choose the rule that this comment breaks." in guest.post(f"{there}reverse/", ANSWER).text
    guest.post(f"{there}reverse/", {**ANSWER, "rule": a_rule().pk})
    ruling = again(comment).ruling
    assert (again(comment).status, ruling.verb, ruling.guest, ruling.by) == ("removed", "remove", GERDA["email"], None)
    assert "Somebody whom the editors asked read your comment and decided this" in ruling.statement
    assert (ruling.decider, Discussion.objects.get().published_count) == ("a guest", 0)
    work()
    letters = [letter.body for letter in mail.outbox if letter.to in ([rosa.email], ["ines@example.org"])]
    assert sum(ANSWER["reason"] in body for body in letters) == 2
    assert not any(GERDA["email"] in body or "ines@" in body for body in letters)


def test_a_guest_reverses_what_was_decided_about_the_writer(article, alone, rosa, work):
    comment = a_published(article, rosa, alone)
    sanction = a_sanction(comment, by=alone, level="pause")
    Appeal.submit(sanction.ruling, by=rosa, words=WHY).ask_guest(by=alone, **GERDA)
    Client().post(f"{mailed(work)}reverse/", ANSWER)
    assert again(sanction).status == "reversed"
    assert not Sanction.objects.in_force().exists()


@pytest.mark.parametrize("how", ["late", "forged", "of another", "replaced", "by the objection’s own link"])
def test_a_link_that_does_not_work_leads_nowhere(how, appeal, alone, rosa, work, article):
    appeal.ask_guest(by=alone, **GERDA)
    there = mailed(work)
    if how == "late":
        Appeal.objects.filter(pk=appeal.pk).update(guest_until=timezone.now())
    elif how == "forged":
        there = there.replace("/guest/", "/guest/x")
    elif how == "of another":
        other = an_appeal(article, rosa, alone)
        other.ask_guest(by=alone, name="Greta", email="greta@example.net")
        whose = mailed(work, "greta@example.net").split("/")[3].split(":")[0]
        there = f"/objections/guest/{whose}:{there.split(':', 1)[1]}"
    elif how == "replaced":
        appeal.ask_guest(by=alone, name="Greta", email="greta@example.net")
    else:
        there = f"/objections/guest/{appeal.ruling.path_for(rosa).split('/')[2]}/"
    guest = Client()
    answers = [guest.get(there), guest.post(f"{there}reverse/", ANSWER)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert again(appeal).status == "submitted"
    if how == "replaced":
        assert guest.get(mailed(work, "greta@example.net")).status_code == 200


def test_the_link_works_for_a_fortnight_and_the_letter_says_so(appeal, alone, work):
    appeal.ask_guest(by=alone, **GERDA)
    until = again(appeal).guest_until
    assert timedelta(days=13, hours=23) < until - timezone.now() <= timedelta(days=14)
    mailed(work)
    (letter,) = [letter for letter in mail.outbox if letter.to == [GERDA["email"]]]
    assert f"works until {timezone.localtime(until):%-d %B %Y}" in letter.body
    assert WHY not in letter.body
    assert appeal.ruling.comment.current.text not in letter.body


def test_a_guest_who_is_replaced_before_the_mail_left_gets_none(appeal, alone, work):
    appeal.ask_guest(by=alone, **GERDA)
    appeal.ask_guest(by=alone, name="Greta", email="greta@example.net")
    mailed(work, "greta@example.net")
    assert not [letter for letter in mail.outbox if letter.to == [GERDA["email"]]]


@pytest.mark.parametrize("whose", ["the writer", "the decider", "the author", "the asker", "a second address"])
def test_whoever_has_a_hand_in_it_is_not_asked(whose, appeal, alone, rosa, sami, ada, signed_in):
    people = {"the writer": rosa, "the decider": alone, "the author": sami, "the asker": ada}
    email = people[whose].email.upper() if whose in people else "rosa@home.example"
    if whose not in people:
        rosa.emailaddress_set.create(email=email, verified=True)
    refused = signed_in(ada).post(ask_page(appeal), {"name": "Somebody Else", "email": email})
    expected = "You cannot ask yourself." if whose == "the asker" else "belongs to somebody the decision is about"
    assert expected in refused.text
    assert "Somebody Else" in refused.text
    assert again(appeal).guest_email == ""


def test_neither_who_objects_without_an_account_nor_an_earlier_guest_is_asked(article, alone, rosa, work):
    comment = a_published(article, rosa, alone)
    report = a_report(comment, by=Guest("ines@example.org"))
    comment.keep(by=alone)
    first = Appeal.submit(comment.ruling, by=Guest("ines@example.org"), words=WHY, report=report)
    with pytest.raises(Refused, match="somebody the decision is about"):
        first.ask_guest(by=alone, name="Ines", email="Ines@example.org")
    first.ask_guest(by=alone, **GERDA)
    Client().post(f"{mailed(work)}reverse/", {**ANSWER, "rule": a_rule().pk})
    alone.groups.clear()
    mo = makers.a_person("Mo Manager", groups=["managing editor"])
    second = Appeal.submit(again(comment).ruling, by=rosa, words=WHY)
    with pytest.raises(Refused, match="Mo Manager at the desk can decide this"):
        second.ask_guest(by=mo, **GERDA)
    mo.deactivate()
    ada = User.objects.register("ada@example.org", "Ada Admin", superuser=True)
    with pytest.raises(Refused, match="somebody the decision is about"):
        second.ask_guest(by=ada, **GERDA)


def test_a_guest_is_asked_only_where_nobody_at_the_desk_may_decide(article, rosa, mina, edith, maggie, signed_in):
    appeal = an_appeal(article, rosa, mina)
    for person in (mina, edith, maggie):
        desk = signed_in(person)
        assert desk.get(ask_page(appeal)).status_code == 404
        assert desk.post(ask_page(appeal), GERDA).status_code == 404
        assert "Nobody here may decide" not in desk.get("/admin/").text
        assert ask_page(appeal) not in desk.get(f"/admin/comments/appeals/{appeal.pk}/").text
    with pytest.raises(Refused, match="at the desk can decide this"):
        appeal.ask_guest(by=mina, **GERDA)
    assert not Appeal.objects.without_a_decider().exists()


@pytest.mark.parametrize("tie", ["decided", "wrote the comment", "wrote the piece", "objects", "left"])
def test_the_panel_and_the_guard_agree_who_may_decide(tie, article, rosa, sami, mina, edith, maggie):
    for person in (edith, maggie, sami):
        person.groups.clear()
    writer = mina if tie == "wrote the comment" else rosa
    decider = makers.a_person("Dora Decider", groups=["moderator"])
    comment = a_published(article, writer, decider)
    comment.remove(by=mina if tie == "decided" else decider, rule=a_rule(), reason="No.")
    appeal = Appeal.submit(comment.ruling, by=writer, words=WHY)
    decider.deactivate()
    if tie == "wrote the piece":
        article.submission.__class__.objects.filter(pk=article.submission.pk).update(corresponding_author=mina)
    elif tie == "objects":
        Appeal.objects.filter(pk=appeal.pk).update(objector=mina)
    elif tie == "left":
        mina.deactivate()
    appeal = again(appeal)
    assert list(appeal.deciders()) == []
    assert list(Appeal.objects.without_a_decider()) == [appeal]
    makers.a_person("Mo Moderator", groups=["moderator"])
    assert (appeal.deciders().count(), Appeal.objects.without_a_decider().count()) == (1, 0)


def test_an_administrator_asks_and_reads_none_of_the_words(appeal, alone, ada, rosa, signed_in):
    desk = signed_in(ada)
    pages = [desk.get("/admin/"), desk.get(ask_page(appeal)), desk.post(ask_page(appeal), {"name": "", "email": "x"})]
    pages.append(desk.post(ask_page(appeal), GERDA, follow=True))
    assert ask_page(appeal) in pages[0].text
    for page in pages:
        for words in (WHY, appeal.ruling.comment.current.text, "It is about the person.", "Rosa", "A promise at night"):
            assert words not in page.text
    assert again(appeal).guest_email == GERDA["email"]
    assert "With a guest" in pages[-1].text
    assert "Nobody here may decide" not in pages[-1].text
    assert desk.get(f"/admin/comments/appeals/{appeal.pk}/").status_code == 403


def test_what_a_guest_let_lie_waits_again(appeal, alone, signed_in):
    appeal.ask_guest(by=alone, **GERDA)
    assert "Ask a guest" not in signed_in(alone).get("/admin/").text
    Appeal.objects.filter(pk=appeal.pk).update(guest_until=timezone.now())
    assert "Ask a guest" in signed_in(alone).get("/admin/").text


def test_a_moderator_who_does_not_see_an_objection_asks_nobody(article, alone, rosa, sami, signed_in):
    sami.groups.set(alone.groups.all())
    appeal = an_appeal(article, rosa, alone)
    desk = signed_in(sami)
    assert desk.get(ask_page(appeal)).status_code == 404
    assert ask_page(appeal) not in desk.get("/admin/").text
    assert ask_page(appeal) in signed_in(alone).get("/admin/").text


@pytest.mark.parametrize("person", ["rosa", "sami"])
def test_nobody_else_asks_a_guest(person, appeal, cast, signed_in):
    assert "login" in signed_in(cast[person]).get(ask_page(appeal)).headers["Location"]
    signed_in(cast[person]).post(ask_page(appeal), GERDA)
    assert again(appeal).guest_email == ""
    with pytest.raises(PermissionDenied):
        appeal.ask_guest(by=cast[person], **GERDA)


def test_of_two_who_ask_at_once_one_is_told(appeal, alone, ada):
    same = again(appeal)
    appeal.ask_guest(by=alone, **GERDA)
    with pytest.raises(IllegalMove):
        same.ask_guest(by=ada, name="Greta", email="greta@example.net")
    assert again(appeal).guest_email == GERDA["email"]


def test_a_guest_reads_what_she_needs_and_not_who_is_who(article, alone, rosa, sami, work):
    sami.rename("Canary Xylophone")
    comment = a_published(article, rosa, alone)
    a_published(article, makers.a_person(), alone, "A neighbour said this.")
    a_report(comment, by=sami, words="He means me.")
    comment.remove(by=alone, rule=a_rule(), reason="It is about the person.")
    Appeal.submit(comment.ruling, by=rosa, words=WHY).ask_guest(by=alone, **GERDA)
    page = Client().get(mailed(work))
    assert page.headers["Cache-Control"] == "no-store"
    for words in ("Xylophone", "He means me.", rosa.email, alone.email, alone.name, GERDA["email"]):
        assert words not in page.text
    assert Comment.objects.get(pk=comment.pk).current.text in page.text
