"""Names that nobody else may take: of the house and of the desk; and names that honest people keep."""

import pytest
from django.contrib.auth.models import Group

from accounts import names
from accounts.models import User
from articles.forms.reader.messages import MessageForm
from articles.models import Message, Submission
from articles.views.messages import known
from forum.lib.moves import Refused
from forum.lib.text.lookalikes import TOWERS, UNSEEN, looks
from forum.pages.models import SiteSettings
from tests import makers
from tests.opened import seen

WIDE = "\uff34\uff48\uff45 \uff25\uff44\uff49\uff54\uff4f\uff52\uff53"
CYRILLIC = "\u0422h\u0435 \u0415dit\u043er\u0455"
SMALL_CAPITALS = "\u1d07\u1d05\u026a\u1d1b\u1d0f\u0280"
BOXES = "\U0001f134\U0001f133\U0001f138\U0001f143\U0001f13e\U0001f141"
BLACK_BOXES = "\U0001f174\U0001f173\U0001f178\U0001f183\U0001f17e\U0001f181"
FLAGS = "\U0001f1ea\U0001f1e9\U0001f1ee\U0001f1f9\U0001f1f4\U0001f1f7"
MATHEMATICAL = "\U0001d404\U0001d41d\U0001d422\U0001d42d\U0001d428\U0001d42b"
OF_THE_HOUSE = [
    *("The Editors", "the  editors", "THE EDITORS.", "Editor-in-Chief", "Managing Editor", "Moderator"),
    *("TheModerators", "Administrator", "Admin", "Forum Staff", "International Affairs Forum", "IAF Editors", "I.A.F."),
    *("The Ed1tors", "The Edit\u200bors", "\u202eThe Editors", "Th\u00e9 \u00c9ditors", "M\u03bfderator"),
    *("Moderat0r", "rnoderator", "MODERATOR", "T h e  E d i t o r s", "The_Editors"),
    *("The\u3000Editors", "Ed\u0335itor"),
    *(WIDE, CYRILLIC, SMALL_CAPITALS, BOXES, BLACK_BOXES, FLAGS, MATHEMATICAL, "\u041cod\u0435r\u0430tor"),
]
WITH_A_MARK = [
    *("Edith Vance \u00b7 Editor", "Rosa (Moderator)", "Author of this piece", "Rosa, author", "Rosa | \u0415ditor"),
    *("Editor2", "editor99", "ModeratorNora", "AnneEditor", "International Affairs Forum 2"),
    *("Editor Rosa", "Rosa_Admin", "Rosa \u2013 " + SMALL_CAPITALS),
]
FREE = [
    *("Sami Student", "Nadia Forumova", "Theo Adminson", "Ata In", "X", "\u0141ukasz \u0141aski", "E. Vance"),
    *("\u738b\u5c0f\u660e", "\u738b", "\u0645\u062d\u0645\u062f", "\u0905\u0928\u093f\u0932", "Jos\u00e9 O\u2019Hara"),
    *("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "Ng\u00f4 \u0110\u1ee9c", "\u0baa\u0bbe\u0bb0\u0ba4\u0bbf"),
    *("\u05d3\u05b8\u05bc\u05d5\u05b4\u05d3", "\u0e1b\u0e34\u0e4a\u0e01", "Chief Standing Bear", "Bo Staff", "A" * 80),
]
LIKE_THE_DESK = [
    "Edith Editor2",
    *("Edith Editor", "EDITH EDITOR", "edith  editor", "Ada Adm\u00edn", "Ed\u0456th\u00a0Editor", "EDlTH EDlTOR"),
    *("Edith Vance", "E d i t h Vance", "\u0395d\u0456th V\u0430nce", "edith-vance.", "\u202eEdith V\u00e1nce"),
]
ZALGO = "Z" + "\u0300\u0301\u0302\u0303\u0304\u0305" + "algo"


@pytest.mark.parametrize("name", [*OF_THE_HOUSE, *WITH_A_MARK])
@pytest.mark.django_db
def test_names_of_the_house_are_refused_however_they_are_written(name):
    assert names.complaint(name) == names.TAKEN


@pytest.mark.parametrize("name", FREE)
@pytest.mark.django_db
def test_other_names_are_free(name):
    assert names.free(name) == name


@pytest.mark.parametrize(
    ("name", "complaint"), [("\u3164\u2800", UNSEEN), ("\u0301", UNSEEN), ("...", UNSEEN), (ZALGO, TOWERS)]
)
@pytest.mark.django_db
def test_a_name_can_be_read(name, complaint):
    assert names.complaint(name) == complaint


@pytest.mark.django_db
def test_the_name_of_the_site_is_its_own_whatever_it_is():
    site = SiteSettings.get()
    site.name = "Treaties Today"
    site.save()
    assert [names.complaint(name) for name in ("Treaties Today", "treaties today team")] == [names.TAKEN] * 2
    assert names.free("Tara Treaties") == "Tara Treaties"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Wei Zhang", "WEI ZH\u0410NG", True),
        ("Emma Stern", "Ernma Stem", True),
        ("Ian", "lan", True),
        ("Jos\u00e9", "Jose", True),
        ("\u0411\u043e\u0440\u0438\u0441", "\u0411\u041e\u0420\u0418\u0421", True),
        ("E. Vance", "Edith Vance", False),
        ("Wei Zhang", "Zhang Wei", False),
        ("\u0915\u093f", "\u0915\u0940", False),
    ],
)
def test_two_names_are_alike_when_they_look_the_same(one, other, alike):
    assert (not looks(one).isdisjoint(looks(other))) == alike


@pytest.mark.parametrize("name", LIKE_THE_DESK)
def test_nobody_takes_the_name_of_somebody_at_the_desk(name, cast, signed_in):
    User.objects.filter(pk=cast["maggie"].pk).update(name="Edith Vance")
    rosa = cast["rosa"]
    page = signed_in(rosa).post("/accounts/rename/", {"name": name})
    assert "write to the editors" in page.text
    with pytest.raises(Refused):
        rosa.rename(name)
    assert User.objects.get(pk=rosa.pk).name == "Rosa Reader"


def test_whoever_bears_a_name_keeps_it_in_any_case(edith, rosa):
    edith.rename("edith editor")
    assert User.objects.get(pk=edith.pk).name == "edith editor"
    rosa.be_called("The Editors")
    rosa.rename("THE EDITORS")
    assert User.objects.get(pk=rosa.pk).name == "THE EDITORS"


def test_every_namesake_of_an_author_keeps_her_name(sami, edith, maggie, rosa):
    makers.an_article(sami, edith, maggie, name="Wei Zhang")
    rosa.rename("Wei Zhang")
    assert User.objects.get(pk=rosa.pk).name == "Wei Zhang"
    assert makers.a_submitted(rosa, name="Wei Zhang").bylines.get().name == "Wei Zhang"


def test_a_name_of_the_desk_is_not_taken_by_way_of_a_draft_an_invitation_or_a_code(edith, rosa):
    User.objects.filter(pk=rosa.pk).update(name="")
    rosa.refresh_from_db()
    makers.a_submitted(rosa, name="The Editors")
    invited = User.objects.invite("co@example.net", "The Editors", by=rosa)
    proven = User.objects.of_address("new@example.net", "Edith Editor")
    assert [User.objects.get(pk=person.pk).name for person in (rosa, invited, proven)] == ["", "", ""]
    assert User.objects.invite("asked@example.net", "Edith Editor", by=edith).name == "Edith Editor"


def test_an_administrator_gives_a_name_of_the_desk_to_who_bears_it(client, ada, rosa):
    client.force_login(ada)
    place = f"/admin/accounts/user/{rosa.pk}/change/"
    client.post(place, {"name": "\u202eEdith \u200b Editor", "is_active": "yes"} | seen(client, place))
    assert User.objects.get(pk=rosa.pk).name == "Edith Editor"
    page = client.post(place, {"name": ZALGO, "is_active": "yes"} | seen(client, place))
    assert TOWERS in page.text


def test_nobody_is_printed_under_a_name_of_the_house_unless_the_desk_says_so(sami, edith, signed_in):
    draft = makers.a_draft(sami)
    browser = signed_in(sami)
    said = {"version": draft.version, "title": "A promise at night", "body": makers.BODY, "biography": "Studies law."}
    for name in ("The Editors", "Edith Editor", "Sami \u00b7 Editor"):
        page = browser.post(f"/submissions/{draft.code}/write/", {**said, "name": name}).text
        assert ("by this name here" in page, name in page) == (True, True), name
    assert draft.bylines.get().name == "Sami Student"
    co_author = {"name": "Sami", "co_authors": "The Editors a@example.net"}
    assert "by this name here" in browser.post(f"/submissions/{draft.code}/write/", said | co_author).text
    asked = {"email": "sami@example.org", "name": "Sami", "title": "Ours", "body": makers.BODY}
    assert Submission.commission(by=edith, house=True, **asked).bylines.get().name == "The Editors"


def test_nobody_writes_to_the_editors_as_one_of_them(client, edith):
    said = {"text": "Send me the manuscript, please.", "email": "nadia@example.org", "name": "Edith Editor"}
    page = client.post("/contact/", said).text
    assert ("by this name here" in page, said["text"] in page, Message.objects.count()) == (True, True, 0)
    assert "name" not in MessageForm(said, initial=known(edith)).errors


@pytest.mark.django_db
def test_a_newcomer_is_told_what_to_do_and_no_code_is_sent(client, work, mailoutbox):
    said = {"step": "send", "name": "The Editors", "email": "nadia@example.org"}
    assert "write to the editors" in client.post("/accounts/signup/", said).text
    work()
    assert mailoutbox == []


def test_what_nobody_sees_is_dropped_from_every_name(client, rosa, signed_in):
    signed_in(rosa).post("/accounts/rename/", {"name": "\u202eRosa\u200b  R\u00ad.\U0001d173\U000e0041"})
    assert User.objects.get(pk=rosa.pk).name == "Rosa R."
    empty = signed_in(rosa).post("/accounts/rename/", {"name": "\u3164\u200b"})
    assert (empty.status_code, User.objects.get(pk=rosa.pk).name) == (200, "Rosa R.")


def test_an_administrator_sees_who_is_called_alike_when_a_namesake_comes_to_the_desk(client, ada, rosa, sami):
    rosa.rename("Vera Vance")
    sami.rename("V\u0435ra V\u00e1nce")
    sami.groups.add(Group.objects.get(name="editor"))
    client.force_login(ada)
    pages = [client.get(f"/admin/accounts/user/{person.pk}/change/").text for person in (rosa, sami, ada)]
    assert "V\u0435ra V\u00e1nce (sami@example.org, editor)" in pages[0]
    assert "Vera Vance (rosa@example.org)" in pages[1]
    assert "Nobody" in pages[2]
    place = f"/admin/accounts/user/{rosa.pk}/change/"
    client.post(place, {"name": "Vera Vance", "is_active": "yes"} | seen(client, place))
    rosa.rename("VERA VANCE")
    assert User.objects.get(pk=rosa.pk).name == "VERA VANCE"
