"""What the screen is told of a writer."""

from django.db.models import Exists, OuterRef, Subquery

from accounts.models import User
from comments.models.sanction import Level, Sanction
from comments.models.trust import Trust
from comments.models.word_list import WordList
from forum.lib.asked import NOW, Given, asked


@asked
def screened():
    """Return whether she is trusted, whether she is read first, and the words that make a comment wait, or None."""
    hers = {"user": OuterRef("pk")}
    held = Sanction.objects.in_force(at=NOW).filter(level=Level.HOLD_COMMENTS, **hers)
    told = {
        "is_trusted": Exists(Trust.objects.filter(**hers)),
        "is_read_first": Exists(held),
        "words": Subquery(WordList.objects.switched_on().values("words")[:1]),
    }
    return User.objects.filter(pk=Given("writer")).annotate(**told).values_list(*told, named=True)
