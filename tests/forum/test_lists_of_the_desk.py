"""What the lists of the desk may be asked: nobody finds out by counting what she is not shown."""

import pytest
from django.contrib import admin
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.mail import post_code
from accounts.models import User
from tests import makers

pytestmark = pytest.mark.django_db

LOOKUPS = ["", "__startswith", "__regex", "__isnull"]
DEEP = 2  # relations from the listed row: as far as a pen name's account, and one further


def paths_from(model, deep=DEEP):
    """Return every way to a column of this model, or of rows beside it."""
    for field in model._meta.get_fields():
        name = field.name  # for rows that point here, this is how they are asked for
        yield from (name + lookup for lookup in LOOKUPS)
        if field.is_relation and field.related_model and deep:
            yield from (f"{name}__{further}" for further in paths_from(field.related_model, deep - 1))


@pytest.fixture
def listed(ada):
    """Return what the administrator's list of a model is, and the request for it."""

    def listed(model):
        request = RequestFactory().get("/")
        request.user = ada
        return admin.site._registry[model].get_changelist_instance(request), request

    return listed


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_a_list_is_narrowed_by_its_own_filters_alone(model, listed):
    table, request = listed(model)
    declared = {name for spec in table.filter_specs for name in spec.expected_parameters()}
    paths = set(paths_from(model))
    declared |= {path for path in paths if path.startswith(tuple(f"{name}__" for name in table.list_filter))}
    taken = []
    for path in sorted(paths - declared):
        table.filter_params = {path: ["1"]}
        try:
            table.get_filters(request)
        except Http404:
            continue
        taken.append(path)
    assert taken == []
    assert len(paths) > len(LOOKUPS) * 3


def test_a_code_for_signing_in_is_not_read_letter_by_letter(client, ada):
    post_code("rosa@example.org", "918273", 15)
    client.force_login(ada)
    assert client.get("/admin/accounts/delivery/").status_code == 200
    for question in ("text__regex=918...", "text__contains=9", "text__isnull=0", "text=9", "to__startswith=rosa"):
        assert client.get(f"/admin/accounts/delivery/?{question}").status_code == 404, question


def test_nobody_learns_whose_a_pen_name_or_a_password_is(client, ada, maggie, sami, edith):
    makers.an_article(sami, edith, maggie, name="Haruko Minegishi")
    asked = {
        ("maggie", "/admin/articles/author/"): [f"user__id__exact={sami.pk}", f"user={sami.pk}", "user__isnull=0"],
        ("ada", "/admin/accounts/user/"): ["password__startswith=argon", "emailaddress__email=x", "author__name=H"],
    }
    for (name, path), questions in asked.items():
        client.force_login({"ada": ada, "maggie": maggie}[name])
        assert [client.get(f"{path}?{question}").status_code for question in questions] == [404] * 3


@pytest.mark.parametrize("asked", ["password", "-password", "99", "1__password", "email"])
def test_a_list_is_ordered_only_by_its_columns(asked, listed):
    for model in admin.site._registry:
        table, request = listed(model)
        table.params["o"] = asked
        order = {str(column).lstrip("-") for column in table.get_ordering(request, table.queryset)}
        assert not order & {"password", "email", "1__password"}, model


def test_the_filters_of_a_list_and_its_search_work(client, ada, rosa, edith):
    client.force_login(ada)
    editors = edith.groups.get().pk
    for question in (f"groups__id__exact={editors}", "q=edith", "is_active__exact=1&o=1.-2", "_facets=True&all="):
        page = client.get(f"/admin/accounts/user/?{question}")
        assert (page.status_code, "edith@example.org" in page.text) == (200, True), question
    assert "rosa@example.org" not in client.get(f"/admin/accounts/user/?groups__id__exact={editors}").text
    assert client.get("/admin/accounts/user/?is_invited__exact=x").status_code == 302


@pytest.mark.parametrize("field", ["password", "email", "groups", "nothing"])
def test_no_row_is_fetched_by_a_column_of_somebody_elses_choice(field, client, ada):
    client.force_login(ada)
    for place in ("", f"{ada.pk}/change/"):
        assert client.get(f"/admin/accounts/user/{place}?_to_field={field}").status_code in (400, 404)
    assert client.get("/admin/autocomplete/?app_label=accounts&model_name=user&field_name=email").status_code == 404


def test_a_long_list_is_turned_page_by_page_and_counts_nothing(client, ada, monkeypatch):
    monkeypatch.setattr(admin.site._registry[User], "list_per_page", 2)
    people = [User.objects.register(f"reader{n}@example.org", f"Reader {n}") for n in range(4)]
    client.force_login(ada)
    with CaptureQueriesContext(connection) as asked:
        pages = [client.get(f"/admin/accounts/user/{at}") for at in ("", "?p=2", "?p=3")]
    shown = [person for page in pages for person in page.context["cl"].result_list]
    assert shown == [*people[::-1], ada]
    turned = [(page.context["cl"].page.newer, page.context["cl"].page.older) for page in pages]
    assert turned == [("", "?p=2"), ("?", "?p=3"), ("?p=2", "")]
    assert [query["sql"] for query in asked if "COUNT(" in query["sql"]] == []


def test_a_list_that_is_on_one_page_says_how_long_it_is(client, ada, rosa):
    client.force_login(ada)
    page = client.get("/admin/accounts/user/")
    assert ("2 people" in page.text, "across all pages" in page.text) == (True, False)


@pytest.mark.parametrize("number", ["0", "-1", "99", "9" * 30, "x"])
def test_a_page_of_a_list_that_is_not_there_leads_to_the_list(client, ada, number):
    client.force_login(ada)
    assert client.get(f"/admin/accounts/user/?p={number}").status_code == (200 if number == "x" else 302)
