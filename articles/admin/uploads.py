"""Word files an editor sends: kept, compared with the text, and used when she says so."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from accounts.permissions import is_editor
from articles.admin.writing import writable
from articles.forms.upload import UploadForm, UseForm
from articles.models import StaleText, Upload
from articles.models.public.text import Difference
from forum.lib.desk import desk_page, screen
from forum.lib.web.throttle import allow


def upload(request, code):
    """Keep a Word file, and show what it changes."""
    piece = writable(request, code)
    if request.method == "POST":
        allow("upload", request.user.pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        kept = Upload.receive(piece, by=request.user, **vars(form.cleaned_data["file"]))
        if kept.used_at:
            return redirect("admin:submission", piece.code)
        return redirect("admin:submission_use", piece.code, kept.pk)
    return desk_page(request, "admin/articles/upload.html", "Upload a Word file", form=form, piece=piece)


def use(request, code, pk):
    """Show how the text of a file differs from the text as it is, and use it if told so."""
    piece = writable(request, code)
    kept = get_object_or_404(piece.uploads.all(), pk=pk)
    form = UseForm(request.POST if request.method == "POST" else None, initial={"version": piece.version})
    if form.is_valid():
        try:
            kept.use(by=request.user, version=form.cleaned_data["version"])
        except StaleText as other:
            piece = other.current
            form.meet(form.CHANGED, version=piece.version)
        else:
            messages.success(request, f"The text is now that of {kept.name}.")
            return redirect("admin:submission", piece.code)
    context = {"form": form, "piece": piece, "upload": kept, "change": Difference(piece.text(), kept.text())}
    status = 409 if form.non_field_errors() else 200
    return desk_page(request, "admin/articles/use.html", f"What {kept.name} changes", status=status, **context)


screen("submissions/<slug:code>/word/", upload, "submission_word", who=is_editor)
screen("submissions/<slug:code>/uploads/<int:pk>/use/", use, "submission_use", who=is_editor)
