import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.permissions import is_administrator, is_editor, is_managing_editor, is_moderator
from forum.lib.moves import CLOCK, Guest

pytestmark = pytest.mark.django_db


def powers(person):
    return [
        power.__name__
        for power in (is_moderator, is_editor, is_managing_editor, is_administrator)
        if power(person)
    ]


def test_each_rank_includes_the_ones_below(rosa, mina, edith, maggie):
    assert powers(rosa) == []
    assert powers(mina) == ["is_moderator"]
    assert powers(edith) == ["is_moderator", "is_editor"]
    assert powers(maggie) == ["is_moderator", "is_editor", "is_managing_editor"]


def test_the_administrator_has_the_desk_but_no_editorial_power(ada):
    assert powers(ada) == ["is_administrator"]
    assert ada.is_staff


def test_guests_and_machines_have_no_power():
    assert powers(CLOCK) == powers(Guest("a@example.org")) == []


def test_somebody_deactivated_has_no_power_and_appears_nowhere(maggie, edith):
    maggie.deactivate()
    assert powers(User.objects.get(pk=maggie.pk)) == []
    assert list(User.objects.editors()) == [edith]


def test_people_are_found_by_rank(rosa, mina, edith, maggie, ada):
    assert set(User.objects.moderators()) == {mina, edith, maggie}
    assert set(User.objects.editors()) == {edith, maggie}
    assert set(User.objects.managing_editors()) == {maggie}
    assert set(User.objects.administrators()) == {ada}


def test_the_rank_costs_one_query(edith, django_assert_num_queries):
    edith = User.objects.get(email=edith.email)
    with django_assert_num_queries(1):
        assert edith.is_staff
        assert edith.is_editor
        assert not edith.is_managing_editor


def test_who_is_fetched_by_key_comes_with_her_rank_and_loses_it_when_she_is_read_anew(edith, django_assert_num_queries):
    edith.groups.add(Group.objects.get(name="moderator"))
    with django_assert_num_queries(1):
        edith = User.objects.get(pk=edith.pk)
        assert (edith.is_editor, edith.is_managing_editor) == (True, False)
    edith.groups.clear()
    edith.refresh_from_db()
    assert not edith.is_staff
    assert not User.objects.get(pk=edith.pk).is_staff


def test_nobody_is_fetched_by_a_key_that_nobody_has(rosa):
    for key in (rosa.pk + 1000, 2**70):
        with pytest.raises(User.DoesNotExist):
            User.objects.get(pk=key)


def test_an_address_is_one_person_in_any_case(rosa):
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email="ROSA@example.org", name="Another").save(force_insert=True)
    assert User.objects.get_by_natural_key("Rosa@Example.org") == rosa


def test_registering_confirms_the_address():
    person = User.objects.register("New@Example.org", "New")
    address = person.emailaddress_set.get()
    assert (address.email, address.verified, address.primary) == ("new@example.org", True, True)
    assert not person.has_usable_password()


def test_an_address_leads_to_the_same_account_again(rosa):
    assert User.objects.of_address("ROSA@example.org", "Somebody else") == rosa
    assert User.objects.count() == 1


def test_whoever_is_sought_by_key_among_the_people_of_a_group_is_of_it(sami, edith):
    editors = Group.objects.get(name="editor").user_set
    assert editors.get(pk=edith.pk) == edith
    with pytest.raises(User.DoesNotExist):
        editors.get(pk=sami.pk)
