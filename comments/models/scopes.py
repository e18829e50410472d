"""Comments as each person may see them; every page, list and count starts here."""

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_moderator
from articles.models.public import in_public
from articles.workflow import ARTICLE
from comments.models.counting import CommentCounts, shown
from forum.lib.ties import TiedQuerySet


class CommentQuerySet(CommentCounts, TiedQuerySet):
    """Comments as each person may see them."""

    TIES = {"author": Q()}
    BEHIND = ("discussion__article",)
    FEW = False  # her own, and all below her pieces

    def shown(self):
        """Return what everybody may read."""
        return self.filter(shown())

    def counted(self):
        """Return what the count beside the heading counts: hiding for a while decides nothing."""
        return self.filter(Q(status="published") | Q(status="hidden", hidden_until__isnull=False))

    def visible_to(self, user):
        """Return the comments whose words this person may read; for everybody else they do not exist."""
        if is_moderator(user):
            return self
        if isinstance(user, User) and user.is_active:
            return self.filter(shown() | Q(author=user))
        return self.shown()

    def placed(self):
        """Return what has a place in the discussion of a piece that is out, whether its words are shown or not."""
        return (
            self.filter(in_public.out("discussion__article__"), number__isnull=False)
            .for_thread()
            .select_related("discussion__article__edition", "discussion__article__submission")
        )

    def placed_under(self, article):
        """Return what has a place in the discussion of one piece."""
        return self.filter(discussion__article=article).placed()

    def on_desk(self, user):
        """Return what a moderator may decide about: all but her own comments and those on her own pieces."""
        return self.far_from(user) if is_moderator(user) else self.none()

    def in_place(self, first, last, *, waiting=None):
        """Return these places of a discussion in order, whatever became of them, and after them what waits of a member.

        Nobody has read that yet, so that it has no place.
        """
        there = Q(number__gte=first, number__lte=last)
        if waiting is not None:
            there |= Q(number=None, author=waiting, status="pending")
        return self.filter(there).order_by(F("number").asc(nulls_last=True), "pk")

    def by_writer(self, user):
        """Return one's own comments, newest first, ready for the list of them."""
        return (
            self.filter(author=user)
            .for_thread()
            .select_related("discussion__article__edition")
            .prefetch_related("ruling__appeals")
            .order_by("-pk")
        )

    def speak_as_printed(self, person):
        """Let what somebody said as an author of a piece stand under the name she is printed by on it now."""
        for comment in self.filter(author=person).exclude(speaks_as=None).select_related("discussion__article"):
            author = comment.discussion.author_for(person)
            self.filter(pk=comment.pk).update(speaks_as=author or comment.speaks_as)

    def put_name(self, person):
        """Put somebody's present name over all that she wrote."""
        self.filter(author=person).update(written_as=person.name)

    def standing(self):
        """Return how many of these comments stand, and on how many days, in the site's zone, they appeared."""
        day = TruncDate("published_at")
        found = self.filter(status="published").aggregate(number=Count("pk"), days=Count(day, distinct=True))
        return found["number"], found["days"]

    def written_lately(self, within, most):
        """Return the newest comments of the last days as pairs of key and words."""
        recent = self.filter(written_at__gte=timezone.now() - within).order_by("-pk")[:most]
        return recent.values_list("pk", "current__text")

    def for_thread(self):
        """Return comments with what stands beside them."""
        beside = ["author", "speaks_as", "current", "ruling__rule", "answers", "quoted"]
        return self.select_related(*beside).prefetch_related("author__groups")

    def for_desk(self):
        """Return comments with the piece they are about, but for its text."""
        piece = ["discussion__article__edition", "discussion__article__submission"]
        return self.for_thread().select_related(*piece).defer(*in_public.long("discussion__article__"))

    def held(self):
        """Return what waits to be read, longest first; below a removed piece nothing does."""
        waiting = self.filter(status="pending", discussion__article__status__in=ARTICLE.where(readable=True))
        return waiting.order_by("moved_at", "pk")

    def overdue(self):
        """Return what was hidden until a time that has passed."""
        return self.filter(status="hidden", hidden_until__lte=timezone.now())

    def next_change(self, now):
        """Return when comments hidden for a while are back after `now`, the first one first."""
        back = self.filter(status="hidden", hidden_until__gt=now)
        return back.order_by("hidden_until").values("hidden_until")
