"""The rules of discussion: each version stays, and only the managing editors write the next one."""

import pytest
from django.core.exceptions import PermissionDenied

from comments.models import Reason, Rule
from forum.lib.desk.seen import OVERTAKEN, mark
from forum.lib.moves import Refused
from tests.comments.making import a_published, a_removed, a_rule
from tests.opened import fields_of

TEXT = "Answer what was said. Guesses about motives go."
ADDRESS = "/admin/comments/rules/attack/"
pytestmark = pytest.mark.django_db


def said(**words):
    """Return what the form of the rule as it reads now would send, with these words in it."""
    return {**a_rule().words, "seen": mark(a_rule().words), **words}


def test_every_reason_for_a_report_is_a_rule_with_words_for_one_and_for_many():
    rules = {rule.slug: (rule.one, rule.many) for rule in Rule.objects.in_force()}
    assert list(rules) == Reason.values
    assert rules["threat"] == ("threat", "threats")
    assert all(all(words) for words in rules.values())


def test_a_managing_editor_amends_a_rule_and_the_earlier_version_stays_as_it_was(maggie):
    first = a_rule()
    before = first.words
    second = first.amend(by=maggie, name="attack on a person", many="assaults", text=TEXT)
    assert (second.version, second.by, second.position) == (2, maggie, first.position)
    assert second.words == before | {"name": "attack on a person", "many": "assaults", "text": TEXT}
    first.refresh_from_db()
    assert (first.version, first.by, first.words) == (1, None, before)
    assert a_rule() == second
    assert [rule.slug for rule in Rule.objects.in_force()] == Reason.values


@pytest.mark.parametrize("person", ["rosa", "sami", "mina", "edith", "ada"])
def test_nobody_else_amends_a_rule(cast, person):
    with pytest.raises(PermissionDenied):
        a_rule().amend(by=cast[person], text=TEXT)
    assert a_rule().version == 1


def test_whoever_amends_an_old_version_is_told_that_somebody_was_first(maggie):
    first = a_rule()
    second = first.amend(by=maggie, text=TEXT)
    with pytest.raises(Refused, match="Somebody else amended the rule “personal attack” while you were writing"):
        first.amend(by=maggie, text="Be kind.")
    assert a_rule() == second


def test_an_amendment_that_changes_nothing_is_refused(maggie):
    with pytest.raises(Refused, match="Nothing was changed"):
        a_rule().amend(by=maggie, **a_rule().words)
    assert Rule.objects.filter(slug="attack").count() == 1


def test_a_version_is_never_written_over():
    rule = a_rule()
    rule.text = TEXT
    with pytest.raises(TypeError):
        rule.save(update_fields=["text"])


def test_a_decision_keeps_the_rule_as_it_read_then(article, rosa, mina, maggie):
    comment = a_removed(article, rosa, mina)
    a_rule().amend(by=maggie, name="rudeness", text=TEXT)
    comment.refresh_from_db()
    assert comment.tombstone == "Removed by the editors: personal attack."
    later = a_published(article, rosa, mina)
    later.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert later.tombstone == "Removed by the editors: rudeness."
    assert f"The rule: rudeness. {TEXT}" in later.ruling.statement


def test_a_managing_editor_amends_a_rule_at_the_desk_and_sees_its_history(maggie, signed_in):
    desk = signed_in(maggie)
    assert '<a href="/admin/comments/rules/">' in desk.get("/admin/comments/").text
    earlier = a_rule().text
    assert ADDRESS in desk.get("/admin/comments/rules/").text
    assert earlier in desk.get(ADDRESS).text
    page = desk.post(ADDRESS, said(text=TEXT), follow=True)
    assert page.redirect_chain == [("/admin/comments/rules/", 302)]
    assert "version 2 of “personal attack” holds from now on" in page.text
    assert page.text.index(TEXT) < page.text.index(earlier)
    assert "by Maggie Manager" in page.text
    assert a_rule().by == maggie


def test_the_second_of_two_managing_editors_keeps_her_text_and_sees_the_first_ones(maggie, signed_in):
    desk, sent = signed_in(maggie), said(text="Typed for long.")
    a_rule().amend(by=maggie, text=TEXT)
    refused = desk.post(ADDRESS, sent)
    assert OVERTAKEN in refused.text
    assert "Typed for long.</textarea>" in refused.text
    assert TEXT in refused.text
    assert a_rule().text == TEXT
    desk.post(ADDRESS, fields_of(refused))
    assert (a_rule().version, a_rule().text) == (3, "Typed for long.")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({}, "Nothing was changed"),
        ({"name": ""}, "What breaks the rule: This field is required."),
        ({"text": "Typed for long. " * 50}, "at most 600 characters"),
        ({"many": "a" * 61}, "at most 60 characters"),
    ],
)
def test_what_was_typed_is_given_back_on_every_refusal(words, complaint, maggie, signed_in):
    sent = said(**{"one": "insult", **words} if words else {})
    refused = signed_in(maggie).post(ADDRESS, sent)
    assert refused.status_code == 200
    assert complaint in refused.text
    assert all(text.strip() in refused.text for text in map(str, sent.values()))
    assert a_rule().version == 1


@pytest.mark.parametrize("person", ["mina", "edith", "ada"])
def test_nobody_else_at_the_desk_is_shown_the_form_of_a_rule(person, cast, signed_in):
    browser = signed_in(cast[person])
    for address in ("/admin/comments/rules/", ADDRESS):
        assert browser.get(address).status_code == 403
        assert browser.post(address, said(text=TEXT)).status_code == 403
    assert "/admin/comments/rules/" not in browser.get("/admin/comments/").text
    assert a_rule().version == 1


def test_there_is_no_form_for_a_rule_that_does_not_exist(maggie, signed_in):
    assert signed_in(maggie).get("/admin/comments/rules/manners/").status_code == 404
