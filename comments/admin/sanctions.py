"""Steps against the writer of a comment: what holds, what suits, and giving and lifting one."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from accounts.permissions import is_moderator
from comments.admin.untold import when_told
from comments.forms.desk.sanctions import LiftForm, SanctionForm
from comments.models import Comment, Level, Sanction
from comments.models.questions import strikes
from comments.models.ruling import STRIKES_FOR
from comments.models.sanction import held_against, next_step
from comments.permissions import bans
from comments.workflow import SANCTION
from forum.lib.desk import desk_page, screen
from forum.lib.moves import Refused, may
from forum.lib.web.labels import asks


@dataclass(frozen=True)
class Record:
    """What speaks against the writer of a comment, whatever her name is there."""

    strikes: int
    step: Level
    may_take_step: bool
    in_force: list[tuple[Sanction, LiftForm | None]]
    double: Sanction | None

    @classmethod
    def of(cls, comment, by):
        """Return it as this moderator sees it, with a form for each step she may lift."""
        against = len(strikes(writer=comment.author_id, since=timezone.now() - STRIKES_FOR))
        holding = held_against(writer=comment.author_id)
        step = Level(next_step(against, [sanction.level for sanction in holding]))
        lifts = [
            (sanction, LiftForm(auto_id=f"lift-{sanction.pk}-%s") if may(by, "lift", sanction) else None)
            for sanction in holding
        ]
        double = None if comment.speaks_as_id else Sanction.beside(comment.author)
        return cls(against, step, step != Level.BAN or bans(by, None), lifts, double)

    def form(self, comment, by, rules):
        """Return the form for the next step, filled in with what suits."""
        step = self.step if self.may_take_step else Level.PAUSE
        return SanctionForm(comment=comment, by=by, rules=rules, initial={"level": step})


@require_POST
@asks(SanctionForm)
def sanction(request, pk):
    """Take one step against the writer of a comment."""
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    form = SanctionForm(request.POST, comment=found, by=request.user)
    if form.is_valid():
        try:
            with found.as_seen(form.cleaned_data["seen"], "sanction"):
                given = Sanction.give(comment=found, by=request.user, **form.said)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        else:
            told = capfirst(when_told("lift it"))
            messages.success(request, f"Done: you {SANCTION[given.level].done}. {told}")
            return redirect("admin:comment", found.pk)
    context = {"comment": found, "form": form, "record": Record.of(found, request.user)}
    return desk_page(request, "admin/comments/sanction.html", "A step against its writer", **context)


@require_POST
@asks(LiftForm)
def lift(request, pk, sanction):
    """End before its time what holds against the writer of a comment."""
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    given = get_object_or_404(found.author.sanctions.for_list(), pk=sanction)
    form = LiftForm(request.POST)
    if form.is_valid():
        given.lift(by=request.user, **form.cleaned_data)
        messages.success(request, f"Done: you {SANCTION['lift'].done}: {str(given).lower()}.")
        return redirect("admin:comment", found.pk)
    context = {"comment": found, "sanction": given, "form": form}
    return desk_page(request, "admin/comments/lift.html", f"Lift: {given}", **context)


screen("comments/<int:pk>/writer/sanction/", sanction, "comment_sanction", who=is_moderator)
screen("comments/<int:pk>/writer/sanctions/<int:sanction>/lift/", lift, "sanction_lift", who=is_moderator)
