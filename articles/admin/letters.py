"""Letters: their templates, and messages that need no answer."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from articles.admin.ranks import RankAdmin
from articles.forms.desk.letters import HeardForm
from articles.models import Letter, LetterTemplate, Submission
from forum.lib.desk import screen
from forum.lib.forms import Line, Lines
from forum.lib.moves import Refused


@require_POST
def read_messages(request, code):
    """Take the author's messages off the list without an answer."""
    piece = get_object_or_404(Submission.objects.on_desk(request.user), code=code)
    form = HeardForm(request.POST)
    if not form.is_valid():
        raise Refused("It is not clear which messages you had read. Open the piece again, and press there.")
    Letter.read(piece, by=request.user, heard=form.cleaned_data["heard"])
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
