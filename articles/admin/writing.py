"""Where the handling editor edits: the text, and what stands around it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from articles.admin.submission import desk_piece
from articles.differences import differences
from articles.forms.editing import CreditSet, Figures, Manuscript, Placing
from articles.forms.incoming import Versioned
from articles.models import StaleText
from articles.permissions import is_handling_editor
from forum.lib.desk import screen, shown
from forum.lib.moves import IllegalMove, Refused


def writable(request, code):
    """Return the piece if this editor may change its text now; who may no longer hears what came first."""
    piece = desk_piece(request, code)
    if not piece.may_write(request.user):
        if request.method == "POST" and is_handling_editor(request.user, piece):
            raise IllegalMove(piece, "write")
        raise PermissionDenied(
            "The text is changed by the editor who handles the piece, once it is accepted."
        )
    return piece


def text(request, code):
    """Edit title, standfirst and body."""
    piece = writable(request, code)
    form = Manuscript(_data(request), initial={**piece.text(), "version": piece.version})
    place = reverse("admin:submission_save_text", args=[code])
    kind = {"template": "admin/articles/text.html", "title": "Edit the text"}
    return edit(request, piece, form, piece.write, **kind, autosave=place)


@require_POST
def save_text(request, code):
    """Save the text without leaving the page, for the script that does so by itself."""
    piece, form = writable(request, code), Manuscript(request.POST)
    if not form.is_valid():
        said = "Some fields cannot be saved as they are. Press Save to see which."
        return JsonResponse({"message": said}, status=422)
    try:
        piece.write(by=request.user, **form.said)
    except StaleText:
        said = "Somebody else saved this text first. Press Save to see both; yours is still on this page."
        return JsonResponse({"message": said}, status=409)
    return JsonResponse({"version": piece.version})


def placing(request, code):
    """Say what the piece is and is about."""
    piece = writable(request, code)
    initial = {"version": piece.version, **_answers(piece)}
    form = Placing(_data(request), initial=initial, thing=piece, by=request.user)
    return edit(
        request,
        piece,
        form,
        piece.place,
        template="admin/articles/placing.html",
        title="Kind, topics, regions",
    )


def pictures(request, code):
    """Say what the pictures show and whose they are."""
    piece = writable(request, code)
    form = Figures(_data(request), initial={"version": piece.version}, pictures=piece.pictures.all())
    return edit(
        request, piece, form, piece.caption, template="admin/articles/pictures.html", title="Pictures"
    )


def bylines(request, code):
    """Say who is printed as author, and in which order."""
    piece = writable(request, code)
    seen, saved = Versioned(_data(request), initial={"version": piece.version}), []
    now = [
        {"key": byline.pk, "order": byline.order, "name": byline.name, "biography": byline.biography,
         "email": byline.email}
        for byline in piece.bylines.all()
    ]
    authors = CreditSet(_data(request), initial=now, prefix="by")
    if request.method == "POST" and seen.is_valid() and authors.is_valid():
        try:
            piece.credit(by=request.user, bylines=authors.bylines, **seen.cleaned_data)
        except StaleText as stale:
            seen.renew(version=stale.current.version)
            saved = stale.current.bylines.all()
        else:
            return _saved(request, piece)
    context = {"form": seen, "credits": authors, "piece": piece, "saved": saved}
    status = 409 if saved else 200
    return shown(request, "admin/articles/bylines.html", "Authors as printed", status=status, **context)


def edit(request, piece, form, verb, *, template, title, **context):
    """Show a form over a piece, or save it; the second of two writers sees both texts."""
    context |= {"form": form, "piece": piece}
    if request.method == "POST" and form.is_valid():
        try:
            verb(by=request.user, **form.said)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        except StaleText as stale:
            form.renew(version=stale.current.version)
            context["stale"] = stale.current
            if "body" in form.cleaned_data:
                stale.current.keep_aside(by=request.user)
                context["theirs"] = compared(stale.current, form)
        else:
            return _saved(request, piece)
    return shown(request, template, title, status=409 if "stale" in context else 200, **context)


def compared(current, form):
    """Return how the text somebody else saved differs from the one just typed."""
    typed = type(current)(**{name: form.cleaned_data[name] for name in current.TEXT})
    return differences(current, typed)


def _saved(request, piece):
    messages.success(request, "Saved.")
    return redirect("admin:submission", piece.code)


def _data(request):
    return request.POST if request.method == "POST" else None


def _answers(piece):
    said = {"responds_to": piece.responds_to.get_absolute_url() if piece.responds_to else ""}
    for n, answer in enumerate(piece.answers.all(), 1):
        said |= {f"question_{n}": answer.question_id, f"stance_{n}": answer.stance}
    return said


screen("submissions/<slug:code>/text/", text, "submission_text", who=is_editor)
screen("submissions/<slug:code>/text/save/", save_text, "submission_save_text", who=is_editor)
screen("submissions/<slug:code>/bylines/", bylines, "submission_bylines", who=is_editor)
screen("submissions/<slug:code>/classification/", placing, "submission_classification", who=is_editor)
screen("submissions/<slug:code>/pictures/", pictures, "submission_pictures", who=is_editor)
