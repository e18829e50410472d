import pytest
from django.contrib.auth.models import Group

from accounts.mail import post_code
from accounts.models import Delivery, User
from tests.opened import seen

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/accounts/user/"


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def groups(*names):
    return [group.pk for group in Group.objects.filter(name__in=names)]


def test_only_the_administrator_sees_people(client, maggie):
    client.force_login(maggie)
    assert client.get(PEOPLE).status_code == 403


def test_people_are_found_by_address(desk, rosa, sami):
    page = desk.get(PEOPLE, {"q": "rosa@"}).text
    assert "Rosa Reader" in page
    assert "Sami Student" not in page


def test_roles_are_given_in_plain_words(desk, rosa):
    page = desk.get(f"{PEOPLE}{rosa.pk}/change/").text
    assert "Managing editor: all that, assigns, publishes and retracts" in page
    assert "user_permissions" not in page
    assert "password" not in page.lower()
    said = {"name": "Rosa", "groups": groups("editor"), "is_active": "yes"}
    place = f"{PEOPLE}{rosa.pk}/change/"
    desk.post(place, said | seen(desk, place))
    rosa = User.objects.get(pk=rosa.pk)
    assert (rosa.name, rosa.is_editor, rosa.is_superuser, rosa.email) == (
        "Rosa",
        True,
        False,
        "rosa@example.org",
    )


def test_an_account_can_be_closed_on_its_page(desk, rosa):
    place = f"{PEOPLE}{rosa.pk}/change/"
    for said, is_active in (({}, True), ({"is_active": ""}, True), ({"is_active": "no"}, False)):
        desk.post(place, {"name": "Rosa", **said} | seen(desk, place))
        rosa.refresh_from_db()
        assert rosa.is_active == is_active, said


def test_accounts_are_closed_and_opened_from_the_list_but_never_ones_own(desk, ada, rosa, sami):
    for action, active in (("deactivate", False), ("reactivate", True)):
        desk.post(PEOPLE, {"action": action, "_selected_action": [rosa.pk, ada.pk], "select_across": "1"})
        rosa.refresh_from_db()
        ada.refresh_from_db()
        sami.refresh_from_db()
        assert (rosa.is_active, ada.is_active, sami.is_active) == (active, True, True)


@pytest.mark.parametrize("tick", ["x", "²", "-1", "", "9" * 40, "1 OR 1=1"])
def test_a_tick_that_is_nobodys_closes_no_account(tick, desk, rosa):
    for action in ("deactivate", "ask_for_new_password"):
        page = desk.post(PEOPLE, {"action": action, "_selected_action": [rosa.pk, tick]}, follow=True)
        assert "Nothing was done: tick the rows once more." in page.text
    rosa.refresh_from_db()
    assert (rosa.is_active, Delivery.objects.count()) == (True, 0)


def test_administrators_cannot_shut_themselves_out(desk, ada):
    place = f"{PEOPLE}{ada.pk}/change/"
    desk.post(place, {"name": "Ada"} | seen(desk, place))
    ada.refresh_from_db()
    assert (ada.name, ada.is_active, ada.is_superuser) == ("Ada", True, True)


def test_nobody_is_deleted(desk, rosa):
    assert desk.get(f"{PEOPLE}{rosa.pk}/delete/").status_code == 403


def test_a_new_editor_is_added_with_an_address(desk):
    desk.post(f"{PEOPLE}add/", {"email": "New@Example.org", "name": "New", "groups": groups("editor")})
    person = User.objects.get(email="new@example.org")
    assert person.is_editor
    assert person.emailaddress_set.get().verified


def test_an_address_is_not_added_twice(desk, rosa):
    page = desk.post(f"{PEOPLE}add/", {"email": "ROSA@example.org", "name": "Again"})
    assert "There is an account at this address already." in page.text


def test_the_mail_for_a_new_password_leads_to_the_page(desk, rosa):
    desk.post(PEOPLE, {"action": "ask_for_new_password", "_selected_action": [rosa.pk]})
    assert "/accounts/password/reset/" in Delivery.objects.get(to="rosa@example.org").text


def test_letters_are_listed_without_their_text(desk, rosa):
    desk.post(PEOPLE, {"action": "ask_for_new_password", "_selected_action": [rosa.pk]})
    post_code("maggie@example.org", "918273", 15)
    pages = desk.get("/admin/accounts/delivery/").text
    for delivery in Delivery.objects.all():
        pages += desk.get(f"/admin/accounts/delivery/{delivery.pk}/change/").text
        pages += desk.get(f"/admin/accounts/delivery/{delivery.pk}/history/").text
    assert "rosa@example.org" in pages
    assert "maggie@example.org" in pages
    assert "asks you to choose" not in pages
    assert "918273" not in pages


@pytest.mark.parametrize("path", ["auth/group", "account/emailaddress", "mfa/authenticator"])
def test_no_permission_matrix_and_no_second_door_to_addresses(desk, path):
    assert desk.get(f"/admin/{path}/").status_code == 404
