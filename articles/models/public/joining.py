"""The part of an author's page that joins it with another."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.permissions import is_managing_editor
from forum.lib.handing import hand_over
from forum.lib.moves import NOT_YOURS, Refused

DONE = "Another author page was joined with this one."
ABOUT_HER = ("biography", "affiliation", "link", "portrait")


class Joining(models.Model):
    """What two pages of one author become: one page, to which the address of the other leads from then on."""

    joined_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="joined"
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def join(self, other, *, by):
        """Let `other` stand for both: the pieces, the account and the comments of this page become its own.

        The row stays for its address, so that nothing that names it at this moment breaks.
        """
        if not is_managing_editor(by):
            raise PermissionDenied(NOT_YOURS)
        both = {page.pk: page for page in type(self).objects.filter(pk__in=[self.pk, other.pk]).locked()}
        page, stays = both.get(self.pk), both.get(other.pk)
        if complaint := not_one_person(page, stays):
            raise Refused(complaint)
        account = stays.user or page.user
        hand_over(page, stays)
        type(self).objects.filter(pk=page.pk).update(joined_into=stays, user=None)
        told = {name: getattr(page, name) for name in ABOUT_HER if not getattr(stays, name)}
        type(self).objects.filter(pk=stays.pk).update(user=account, **told)
        LogEntry.objects.log_actions(by.pk, [stays], CHANGE, DONE)


def not_one_person(page, stays):
    """Return why two author pages cannot be those of one person, or ""."""
    if page is None or stays is None or page.joined_into_id or stays.joined_into_id:
        return "One of these pages was joined with another a moment ago. Look at the list of authors again."
    if page == stays:
        return "This is the same page. Write the address of the other one."
    if page.is_pen_name != stays.is_pen_name:
        return "One of them is a pen name. Joined with the other it would say whose it is."
    if page.user_id and stays.user_id and page.user_id != stays.user_id:
        return "Two different accounts stand behind these pages, so they are two people here."
    sent_in = stays.bylines.filter(submission__in=page.bylines.values("submission"))
    printed = stays.printed_bylines.filter(edition__in=page.printed_bylines.values("edition"))
    if sent_in.exists() or printed.exists():
        return "Both stand above the same piece, so they are two people. Change its authors first."
    return ""
