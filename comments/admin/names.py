"""People: the present name over everything somebody wrote, and whose mailbox hers may be."""

from django.contrib import admin, messages

from accounts.admin import PersonAdmin
from comments.models import Comment, Sanction


@admin.action(description="Put the present name over all earlier comments")
def put_name(model_admin, request, people):
    """Put the present names of these people over all that they wrote."""
    for person in people:
        Comment.objects.put_name(person)
    model_admin.message_user(request, "The present names stand over all their comments.", messages.SUCCESS)


@admin.display(description="Mailbox")
def same_mailbox(person):
    """Say whether somebody paused may be at the same mailbox."""
    found = Sanction.beside(person)
    return found.hint if found else "No other account here that is kept from writing"


PersonAdmin.actions.append(put_name)
PersonAdmin.beside.append(same_mailbox)
