"""Whoever accepts a piece does not publish it, where the house has that rule."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.eligible import was_accepted_by
from articles.models import Submission
from forum.lib.moves import Refused, buttons_for
from forum.pages.models import SiteSettings
from tests import makers
from tests.opened import as_now

pytestmark = pytest.mark.django_db
REASON = "The other managing editor is at sea until May."


@pytest.fixture
def rule():
    """Let the house have the rule."""
    SiteSettings.objects.update(publisher_is_not_accepter=True)


@pytest.fixture
def mo():
    """A second managing editor."""
    return makers.a_person("Mo Manager", groups=["managing editor"])


def again(piece):
    return Submission.objects.get(pk=piece.pk)


def buttons(piece, person):
    return {button.verb: button.complaint for button in buttons_for(person, again(piece))}


def test_without_the_rule_whoever_accepted_publishes(sami, maggie):
    piece = makers.a_ready(sami, maggie)
    assert buttons(piece, maggie)["publish"] == ""
    assert "publish_anyway" not in buttons(piece, maggie)
    with pytest.raises(PermissionDenied):
        piece.publish_anyway(by=maggie, reason=REASON)
    assert piece.publish(by=maggie)


@pytest.mark.parametrize("superuser", [False, True])
def test_with_the_rule_whoever_accepted_does_not_publish(rule, sami, maggie, mo, superuser):
    maggie.is_superuser = superuser
    maggie.save(update_fields=["is_superuser"])
    piece = makers.a_ready(sami, maggie)
    assert "another managing editor publishes it" in buttons(piece, maggie)["publish"]
    with pytest.raises(Refused, match="another managing editor publishes it"):
        piece.publish(by=maggie)
    assert again(piece).status == "ready"
    assert "publish_anyway" not in buttons(piece, mo)
    assert again(piece).publish(by=mo)


def test_the_last_acceptance_counts_and_a_commission_is_one(rule, sami, edith, maggie, mo):
    piece = makers.an_accepted(sami, maggie)
    piece.revoke(by=mo, letter="We are sorry.")
    piece.reconsider(by=mo)
    piece.reassign(by=mo, to=edith)
    piece.accept(by=edith)
    assert not was_accepted_by(maggie, again(piece))
    ours = Submission.commission(by=maggie, email=sami.email, name="Sami", title="Asked for", body=makers.BODY)
    assert was_accepted_by(maggie, again(ours))
    assert not was_accepted_by(mo, again(ours))


def test_an_override_keeps_its_reason_and_tells_every_managing_editor(rule, sami, edith, maggie, mo, work, signed_in):
    piece = makers.a_ready(sami, maggie)
    mo_s_own = makers.a_ready(mo, maggie, title="Written by Mo")
    page = reverse("admin:submission_publish_anyway", args=[piece.code])
    desk = signed_in(maggie)
    refused = desk.post(page, {"reason": " "})
    assert "This field is required" in refused.text
    assert again(piece).status == "ready"
    work()
    mail.outbox.clear()
    assert desk.post(page, {"reason": REASON, "when": "now", "shown": "now", **as_now(piece)}).status_code == 302
    event = piece.events.get(verb="publish_anyway")
    assert (event.actor, event.note, event.detail) == (maggie, REASON, {})
    work()
    told = {letter.to[0]: letter.body for letter in mail.outbox if "whoever accepted" in letter.subject}
    assert set(told) == {maggie.email, mo.email}
    assert all(REASON in body for body in told.values())
    assert REASON not in "".join(letter.body for letter in mail.outbox if letter.to == [sami.email])
    assert REASON not in signed_in(sami).get(piece.get_absolute_url()).text
    mail.outbox.clear()
    mo_s_own.publish_anyway(by=maggie, reason=REASON)
    work()
    assert mo_s_own.events.get(verb="publish_anyway").detail == {"nobody_else_eligible": True}
    assert [letter.to for letter in mail.outbox if "whoever accepted" in letter.subject] == [[maggie.email]]


def test_a_desk_of_one_is_told_before_it_accepts(rule, sami, maggie, edith, signed_in):
    piece = makers.in_review(sami, maggie)
    page = reverse("admin:submission", args=[piece.code])
    assert "nobody but you could publish this one" in signed_in(maggie).get(page).text
    assert "does not publish it" not in signed_in(edith).get(page).text
    makers.a_person("Mo Manager", groups=["managing editor"])
    assert "if you accept this one, another managing editor will" in signed_in(maggie).get(page).text
    SiteSettings.objects.update(publisher_is_not_accepter=False)
    assert "does not publish it" not in signed_in(maggie).get(page).text
