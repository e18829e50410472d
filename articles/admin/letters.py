"""Letters: their templates, their preview, and the one that is sent in one press."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from articles import sending
from articles.admin.pressing import check
from articles.admin.ranks import RankAdmin
from articles.forms.letters import Heard
from articles.models import LetterTemplate, Submission
from articles.models.template import OFF_SCOPE
from forum.lib.desk import screen
from forum.lib.forms import Line, Lines


@require_POST
def off_scope(request, code):
    """Decline what is not our subject, with the stock letter."""
    piece = get_object_or_404(Submission.objects.on_desk(request.user), code=code)
    check(piece, piece.machine["decline"], request.user, "decline")
    template = LetterTemplate.objects.stock(OFF_SCOPE)
    if template is None:
        messages.error(request, "There is no stock letter for this. A managing editor can write one.")
        return redirect("admin:submission", code)
    said = {"letter": template.begin(piece, by=request.user), "reason": template.reason}
    sending.send(piece, "decline", by=request.user, said=said)
    messages.success(request, f"Done: you declined “{piece}” with the stock letter, signed {request.user.name}.")
    return redirect("admin:submissions")


@require_POST
def read_messages(request, code):
    """Take the author's messages off the list without an answer."""
    piece = get_object_or_404(Submission.objects.on_desk(request.user), code=code)
    form = Heard(request.POST)
    piece.read_messages(by=request.user, heard=form.cleaned_data["heard"] if form.is_valid() else 0)
    messages.success(request, "Done: the author’s messages no longer wait.")
    return redirect("admin:submission", code)


class LetterTemplateForm(forms.ModelForm):
    """A template with words in braces."""

    name = Line(max_length=80)
    text = Lines(
        max_length=10_000,
        widget=forms.Textarea({"rows": 16}),
        help_text="Filled in: {name} the author, {title} the piece, {editor} who signs. In a decline also {strength}, "
        "{improve} and {invited}, which the editor is then asked for. […] is a gap that has to be filled by hand.",
    )


@admin.register(LetterTemplate)
class LetterTemplateAdmin(RankAdmin):
    form = LetterTemplateForm
    list_display = ["name", "verb", "reason", "position"]
    list_filter = ["verb"]
    fields = ["name", "verb", "reason", "text", "position"]


screen("submissions/<slug:code>/read_messages/", read_messages, "submission_read_messages", who=is_editor)
screen("submissions/<slug:code>/off_scope/", off_scope, "submission_off_scope", who=is_editor)
