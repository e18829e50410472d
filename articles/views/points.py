"""What an author says to the points her editor asked for."""

from functools import wraps

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from articles.forms.author.points import AnswersForm
from articles.guards import has_open_points
from articles.models.public.text import StaleText
from articles.views.own import writable, writer
from forum.lib.web.labels import asks
from forum.lib.web.saves import counted_on, remember


def asked(view):
    """For the author who has points to answer; where there are none the piece itself is shown."""

    @writable
    @wraps(view)
    def for_the_asked(request, piece):
        letter = piece.letters.asking().last() if piece.status == "with_author" else None
        if letter is None:
            return redirect(piece)
        return view(request, piece, AnswersForm(request.POST if request.method == "POST" else None, letter=letter))

    return for_the_asked


@asked
@asks(AnswersForm)
def answers(request, piece, form):
    """Answer the points, one by one."""
    if form.is_bound and keep(request, piece, form):
        piece.refresh_from_db()
        missing = has_open_points(request.user, piece)
        messages.success(request, f"Saved. {missing}".strip())
        return redirect("submission_write", piece.code)
    context = {"piece": piece, "form": form}
    return render(request, "articles/writing/points.html", context, status=409 if form.other else 200)


@require_POST
@asked
@asks(AnswersForm)
def save(request, piece, form):
    """Save without leaving the page, for the script that does so by itself."""
    if keep(request, piece, form):
        return JsonResponse({"version": form.letter.version})
    if form.other:
        both = render_to_string("articles/writing/_other_answers.html", {"form": form})
        said = "Not saved: these answers were changed in another window. Look at both above, then press Save."
        return JsonResponse({"message": said, "shown": both, "version": form.data["version"]}, status=409)
    said = "Not everything is saved: some answers cannot be saved as they are. Press Save to see which."
    return JsonResponse({"version": form.letter.version, "message": said}, status=422)


def keep(request, piece, form):
    """Save all that is fit to be saved; say whether it was everything."""
    whole, said, letter = form.is_valid(), form.saved(), form.letter
    version = counted_on(request, letter, said["version"])
    try:
        letter.answer_points(by=writer(request), **{**said, "version": version})
    except StaleText as stale:
        form.meet(stale.current)
        return False
    form.show(version + 1)  # and not what the row holds now, which may be somebody else's
    remember(request, letter, version + 1)
    return whole
