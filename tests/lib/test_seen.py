"""Two people have one form of the desk open: the second saves over nothing that she has not seen."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Author, Kind, LetterTemplate, Picture, Question, Region, Topic
from comments.models import Discussion, WordList
from forum.lib.desk import SeenAdmin
from forum.lib.desk.seen import OVERTAKEN, UNMARKED, SeenForm
from forum.lib.editor import BodyEditor
from forum.pages.models import Holiday, Page, SiteSettings
from tests import makers
from tests.opened import fields_of, opened

pytestmark = pytest.mark.django_db


class Motto(SeenForm):
    words = forms.CharField()
    loud = forms.BooleanField(required=False)
    body = BodyEditor(required=False)


def sent(saved, **said):
    """Return the form over what is saved now, as it is sent."""
    return Motto(said, initial=saved)


def test_who_saw_what_is_saved_saves():
    saved = {"words": "Read both", "loud": True, "body": "<p>One.</p>"}
    form = sent(saved, words="Read all", seen=Motto(initial=saved)["seen"].value())
    assert form.is_valid()
    assert form.changed_data == ["words", "loud", "body"]


def test_who_saw_something_else_sees_both_and_then_saves():
    seen = Motto(initial={"words": "Read both", "body": "<p>One.</p>"})["seen"].value()
    saved, said = {"words": "Read one", "body": "<p>One two.</p>"}, {"words": "Read all", "loud": "on", "body": "One."}
    form = sent(saved, **said, seen=seen)
    assert form.non_field_errors() == [OVERTAKEN]
    assert form.overtaken == [
        ("Words", "<p>Read <del>one</del> <ins>all</ins></p>"),
        ("Loud", "<p><del>No</del><ins>Yes</ins></p>"),
        ("Body", "<p>One <del>two</del>.</p>"),
    ]
    assert form["words"].value() == "Read all"
    assert sent(saved, **said, seen=form["seen"].value()).is_valid()


@pytest.mark.parametrize("seen", ["", "1", "x" * 64, "a" * 63, "a\x00" * 32, "\N{ARABIC-INDIC DIGIT ONE}" * 64])
def test_a_missing_or_garbled_mark_means_look_again(seen):
    form = sent({"words": "Read both"}, words="Read all", seen=seen)
    assert form.non_field_errors() == [UNMARKED]
    assert sent({"words": "Read both"}, words="Read all").non_field_errors() == [UNMARKED]


def test_choices_in_another_order_are_the_same_choices():
    class Roles(SeenForm):
        roles = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])

    seen = Roles(initial={"roles": ["a", "b"]})["seen"].value()
    assert Roles({"roles": ["a"], "seen": seen}, initial={"roles": ["b", "a"]}).is_valid()


def test_looking_at_a_row_holds_it_against_nobody(ada, signed_in):
    desk = signed_in(ada)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(f"/admin/accounts/user/{ada.pk}/change/").status_code == 200
    assert [query["sql"] for query in asked if "SAVEPOINT" in query["sql"]] == []


def test_while_another_fault_stands_the_mark_stays_old():
    seen = Motto(initial={"words": "Read both"})["seen"].value()
    form = sent({"words": "Read one"}, words="", seen=seen)
    assert form.errors == {"words": ["This field is required."]}
    assert form["seen"].value() == seen


def test_every_model_of_the_desk_is_guarded_and_none_has_rows_edited_elsewhere(ada, rf):
    request, registered = rf.get("/"), admin.site._registry
    request.user = ada
    loose = [model for model, kept in registered.items() if not isinstance(kept, SeenAdmin)]
    assert len(registered) - len(loose) >= 12
    assert [model for model in loose if registered[model].has_change_permission(request)] == []
    assert [model for model, kept in registered.items() if kept.list_editable or kept.inlines] == []


def rows():
    """Make a row of every model that the desk changes."""
    holiday = Holiday.objects.create(first=timezone.localdate(), last=timezone.localdate() + timedelta(days=1))
    author = Author.objects.create(name="Nina Novak", slug="nina-novak")
    template = LetterTemplate.objects.create(name="Too late", verb="decline", text="Dear {name}")
    return [holiday, author, template, makers.a_question(), SiteSettings.get(), Page.objects.first()]


CHANGES = {
    Author: ("biography", "Taught law in Sarajevo."),
    LetterTemplate: ("text", "Dear {name}, thank you."),
    Kind: ("plural", "longer pieces"),
    Topic: ("position", "77"),
    Region: ("name", "Elsewhere"),
    Question: ("summary", "Both sides have a point."),
    Holiday: ("words", "We are at sea."),
    Page: ("standfirst", "What we are."),
    SiteSettings: ("tagline", "Read both sides"),
}


@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model.__name__)
def test_the_second_editor_sees_what_the_first_saved_before_she_saves(model, maggie, signed_in):
    rows()
    row, (field, words) = model.objects.first(), CHANGES[model]
    address, desk = f"/admin/{model._meta.label_lower.replace('.', '/')}/{row.pk}/change/", signed_in(maggie)
    mine = yours = opened(desk, address)
    assert desk.post(address, mine | {field: words}).status_code == 302
    before = model.objects.values().get(pk=row.pk)
    other = {field: "78" if words.isdigit() else f"{words} And more."}
    refused = desk.post(address, yours | other)
    assert refused.status_code == 200
    assert OVERTAKEN in refused.text
    assert re.search(r"<ins>.*(more|78)", refused.text)
    assert model.objects.values().get(pk=row.pk) == before
    again = fields_of(refused)
    assert again[field] == [other[field]]
    assert desk.post(address, {name: value for name, value in again.items() if name != "seen"}).status_code == 200
    assert model.objects.values().get(pk=row.pk) == before
    assert desk.post(address, again).status_code == 302
    assert str(getattr(model.objects.get(pk=row.pk), field)) == other[field]


def test_a_new_portrait_is_not_lost_to_a_second_one(maggie, signed_in):
    author, desk = Author.objects.create(name="Nina Novak", slug="nina-novak"), signed_in(maggie)
    address = f"/admin/articles/author/{author.pk}/change/"
    mine = opened(desk, address)
    Author.objects.update(portrait=Picture.keep(b"as it came", alt="Nina"))
    assert OVERTAKEN in desk.post(address, mine | {"no_portrait": "on"}).text
    assert Author.objects.get().portrait


def test_two_administrators_give_roles_one_after_the_other(ada, rosa, client):
    client.force_login(ada)
    address = f"/admin/accounts/user/{rosa.pk}/change/"
    mine = yours = opened(client, address)
    roles = {label: box for box, label in _boxes(client, address)}
    client.post(address, mine | {"groups": [roles["Moderator"]]})
    refused = client.post(address, yours | {"groups": [roles["Editor"]]})
    assert OVERTAKEN in refused.text
    assert [group.name for group in rosa.groups.all()] == ["moderator"]
    assert client.get(address).status_code == 200
    client.force_login(rosa)  # a visit of hers changes nothing that an administrator has open
    client.force_login(ada)
    assert client.post(address, fields_of(refused)).status_code == 302
    assert [group.name for group in rosa.groups.all()] == ["editor"]


def _boxes(client, address):
    return re.findall(r'name="groups" value="(\d+)"[^>]*>\s*(\w+)', client.get(address).text)


def test_a_discussion_is_closed_over_nothing_unseen(article, edith, signed_in):
    discussion, desk = Discussion.of(article), signed_in(edith)
    address = f"/admin/comments/discussions/{discussion.pk}/"
    mine = yours = opened(desk, address)
    assert desk.post(address, mine | {"closes": "never"}).status_code == 302
    refused = desk.post(address, yours | {"holds_all": "yes"})
    assert OVERTAKEN in refused.text
    discussion.refresh_from_db()
    assert (discussion.closes_at, discussion.holds_all) == (None, False)


def test_a_list_of_words_is_begun_and_switched_on_over_nothing_unseen(edith, eno, signed_in):
    desk, address = signed_in(edith), "/admin/comments/words/"
    yours = opened(desk, address)
    WordList.try_out("scum", [], by=eno).switch_on(by=eno, instead_of=None)
    refused = desk.post(address, yours | {"words": "traitors"})
    assert OVERTAKEN in refused.text
    assert WordList.objects.count() == 1
    tried = WordList.try_out("traitors", [], by=edith)
    page = f"{address}{tried.pk}/"
    assert "<ins>traitors</ins>" in desk.get(page).text
    assert "<del>scum</del>" in desk.get(page).text
    assert desk.post(f"{page}switch_on/", {"in_force": ""}).status_code == 409
    assert WordList.objects.in_force().words == "scum"
    assert desk.post(f"{page}switch_on/", opened(desk, page, "in_force")).status_code == 302
    assert WordList.objects.in_force() == tried
