"""Where the handling editor edits: the text, and what stands around it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import is_editor
from articles.admin.submission import desk_piece
from articles.differences import differences
from articles.forms.desk.writing import CreditForm, CreditSet, ManuscriptForm, PicturesForm, PlacingForm
from articles.forms.versions import VersionedForm
from articles.models import Revision, StaleText
from articles.models.private.picturing import caption
from articles.permissions import is_handling_editor, may_write
from articles.tasks import prepare_again
from forum.lib.desk import desk_page, screen
from forum.lib.moves import IllegalMove, Refused
from forum.lib.web.labels import asks
from forum.lib.web.saves import counted_on, remember
from forum.lib.web.throttle import allow

LOOK = "Look at both above, then press Save; yours is still on this page."


def writable(request, code):
    """Return the piece if this editor may change its text now; who may no longer hears what came first."""
    piece = desk_piece(request, code)
    if not may_write(request.user, piece):
        if request.method == "POST" and is_handling_editor(request.user, piece):
            raise IllegalMove(piece, "write")
        raise PermissionDenied(
            "The text is changed by the editor who handles the piece, once it is accepted."
        )
    return piece


@asks(ManuscriptForm)
def text(request, code):
    """Edit title, standfirst and body."""
    piece = writable(request, code)
    form = ManuscriptForm(_data(request), initial={**piece.text(), "version": piece.version})
    place = reverse("admin:submission_save_text", args=[code])
    kind = {"template": "admin/articles/text.html", "title": "Edit the text"}
    return edit(request, piece, form, piece.write, **kind, autosave=place)


@require_POST
@asks(ManuscriptForm)
def save_text(request, code):
    """Save the text without leaving the page, for the script that does so by itself."""
    piece, form = writable(request, code), ManuscriptForm(request.POST)
    if not form.is_valid():
        said = "Not saved: some fields cannot be saved as they are. Press Save to see which."
        return JsonResponse({"message": said}, status=422)
    try:
        saved(request, piece, form, piece.write)
    except StaleText as stale:
        both = render_to_string("admin/articles/_stale.html", kept_aside(request, stale.current, form))
        said = f"Not saved: this was changed in another window. {LOOK}"
        return JsonResponse({"message": said, "shown": both, "version": stale.current.version}, status=409)
    return JsonResponse({"version": piece.version})


@asks(PlacingForm)
def placing(request, code):
    """Say what the piece is and is about."""
    piece = writable(request, code)
    initial = {"version": piece.version, **_answers(piece)}
    form = PlacingForm(_data(request), initial=initial, thing=piece, by=request.user)
    return edit(
        request,
        piece,
        form,
        piece.place,
        template="admin/articles/placing.html",
        title="Kind, topics, regions",
    )


@asks(PicturesForm)
def pictures(request, code):
    """Say what the pictures show and whose they are."""
    piece = writable(request, code)
    form = PicturesForm(_data(request), initial={"version": piece.version}, pictures=piece.pictures.as_they_stand())
    return edit(
        request, piece, form, partial(caption, piece), template="admin/articles/pictures.html", title="Pictures"
    )


@require_POST
def try_pictures_again(request, code):
    """Have the pictures of a piece that are not ready prepared now."""
    piece = desk_piece(request, code)
    allow("upload", request.user.pk)
    prepare_again(piece.pictures)
    messages.success(request, "The pictures are being tried again. Look again in a minute.")
    return redirect("admin:submission", piece.code)


@asks(CreditForm)
def bylines(request, code):
    """Say who is printed as author, and in which order."""
    piece = writable(request, code)
    seen, saved = VersionedForm(_data(request), initial={"version": piece.version}), []
    authors = credit_rows(request, piece, seen)
    if request.method == "POST" and seen.is_valid() and authors.is_valid():
        try:
            piece.credit(by=request.user, bylines=authors.bylines, **seen.cleaned_data)
        except StaleText as stale:
            seen.meet(version=stale.current.version)
            saved, authors = stale.current.bylines.all(), authors.joined(_credits(stale.current))
        else:
            return _saved(request, piece)
    context = {"form": seen, "credits": authors, "piece": piece, "saved": saved}
    status = 409 if saved else 200
    return desk_page(request, "admin/articles/bylines.html", "Authors as printed", status=status, **context)


def edit(request, piece, form, verb, *, template, title, **context):
    """Show a form over a piece, or save it; the second of two writers sees both texts."""
    context |= {"form": form, "piece": piece}
    if request.method == "POST" and form.is_valid():
        try:
            saved(request, piece, form, verb)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        except StaleText as stale:
            form.meet(version=stale.current.version)
            context |= kept_aside(request, stale.current, form)
        else:
            return _saved(request, piece)
    return desk_page(request, template, title, status=409 if "stale" in context else 200, **context)


def saved(request, piece, form, verb):
    """Save a form by a verb; what this page itself saved before is not somebody else's."""
    version = counted_on(request, piece, form.cleaned_data["version"])
    verb(by=request.user, **{**form.said, "version": version})
    remember(request, piece, piece.version)


def kept_aside(request, current, form):
    """Keep the text somebody else saved first; return it, and how it differs from the one just typed."""
    if "body" not in form.cleaned_data:
        return {"stale": current}
    Revision.keep_aside(current, by=request.user)
    typed = type(current)(**{name: form.cleaned_data[name] for name in current.TEXT})
    return {"stale": current, "theirs": differences(current, typed)}


def credit_rows(request, piece, seen):
    """Return the rows of the authors: as they are, or as sent; whoever saw other authors is shown both first."""
    now, sent = _credits(piece), _data(request)
    if sent is None:
        return CreditSet(initial=now, prefix="by")
    rows = CreditSet(sent, prefix="by")
    rows.now = now if seen.is_valid() and seen.cleaned_data["version"] == piece.version else ()
    return rows


def _credits(piece):
    fields = ("order", "name", "biography", "email")
    return [
        {"key": byline.pk, **{name: getattr(byline, name) for name in fields}} for byline in piece.bylines.all()
    ]


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
screen("submissions/<slug:code>/pictures/try-again/", try_pictures_again, "submission_try_pictures", who=is_editor)
