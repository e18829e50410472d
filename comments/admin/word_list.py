"""The editors' list of words that make a comment wait: tried on the last comments before it is switched on."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import is_editor
from comments.forms.desk.word_list import SwitchForm, WordListForm
from comments.models import Comment, WordList
from comments.models.word_list import MOST_TRIED, TRIED_ON
from comments.workflow import WORD_LIST
from forum.lib.desk import desk_page, screen
from forum.lib.moves import buttons_for
from forum.lib.web.labels import asks

SWITCHES = {verb for verb, move in WORD_LIST.moves.items() if move.label}
MOST = 50


@dataclass(frozen=True)
class TriedEntry:
    """One entry of a list: how many comments it would have held, and pairs of a comment and the words in it."""

    entry: str
    count: int
    examples: list


@asks(WordListForm)
def word_lists(request):
    """Show the list in force and all before it, and try a new one on the last comments."""
    in_force = WordList.objects.in_force()
    form = WordListForm(request.POST or None, initial={"words": in_force.words if in_force else ""})
    if form.is_valid():
        texts = Comment.objects.written_lately(TRIED_ON, MOST_TRIED)
        return redirect("admin:word_list", WordList.try_out(form.cleaned_data["words"], texts, by=request.user).pk)
    context = {"in_force": in_force, "form": form, "days": TRIED_ON.days}
    context["lists"] = WordList.objects.for_history()[:MOST]
    return desk_page(request, "admin/comments/word_lists.html", "Words that make a comment wait", **context)


@require_safe
def word_list(request, pk):
    """Show what one list would have held, with examples this editor may see."""
    tried = get_object_or_404(WordList.objects.for_history(), pk=pk)
    found, in_force = _found(tried, request.user), WordList.objects.in_force()
    context = {
        "tried": tried,
        "found": [entry for entry in found if entry.count],
        "missed": [entry for entry in found if not entry.count],
        "buttons": buttons_for(request.user, tried),
        "in_force": in_force,
        "adds": tried.without(in_force),
        "takes_out": in_force.without(tried) if in_force else [],
        "days": TRIED_ON.days,
    }
    return desk_page(request, "admin/comments/word_list.html", str(tried), **context)


@require_POST
def switch(request, pk, verb):
    """Switch a list that was tried on, or the one in force off."""
    if verb not in SWITCHES:
        raise Http404("There is no such switch.")
    found, form = get_object_or_404(WordList, pk=pk), SwitchForm(request.POST)
    if verb == "switch_off":
        found.switch_off(by=request.user)
    else:
        found.switch_on(by=request.user, instead_of=form.cleaned_data["in_force"] if form.is_valid() else None)
    messages.success(request, f"Done: you {WORD_LIST[verb].done}.")
    return redirect("admin:words")


def _found(tried, user):
    shown_here = Comment.objects.on_desk(user).for_desk().in_bulk(tried.examples)
    found = []
    for entry in tried.entries:
        said = tried.found[entry]
        seen = [shown_here[pk] for pk in said["examples"] if pk in shown_here]
        excerpts = [(comment, tried.excerpt(entry, comment.current.text)) for comment in seen]
        found.append(TriedEntry(entry, said["count"], [(comment, words) for comment, words in excerpts if words]))
    return sorted(found, key=lambda entry: -entry.count)


screen("comments/words/", word_lists, "words", who=is_editor)
screen("comments/words/<int:pk>/", word_list, "word_list", who=is_editor)
screen("comments/words/<int:pk>/<slug:verb>/", switch, "word_list_switch", who=is_editor)
