"""Word files an author sends: kept, compared with her text, and used when she says so."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from articles.forms.author.proof import RequestCorrectionForm
from articles.forms.upload import UploadForm, UseForm
from articles.models import StaleText, Upload
from articles.models.public.text import Difference
from articles.views.own import meter, sendable, writer
from articles.views.proof import correction


@sendable
def upload(request, piece):
    """Keep a newer file, and show what it changes."""
    if request.method == "POST":
        meter(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        kept = Upload.receive(piece, by=writer(request), **vars(form.cleaned_data["file"]))
        return redirect(piece) if kept.used_at else redirect("submission_use", piece.code, kept.pk)
    return render(request, "articles/writing/upload.html", {"form": form, "piece": piece})


@sendable
def use(request, piece, pk):
    """Show how the text of a file differs from the text as it is, and use it if told so."""
    kept = get_object_or_404(piece.uploads.all(), pk=pk)
    if piece.status == "proof" and request.method != "POST":
        return correction(request, piece, RequestCorrectionForm(piece=piece, text=kept.text()))
    form = UseForm(request.POST if request.method == "POST" else None, initial={"version": piece.version})
    if form.is_valid():
        try:
            kept.use(by=writer(request), version=form.cleaned_data["version"])
        except StaleText as other:
            piece = other.current
            form.meet(form.CHANGED, version=piece.version)
        else:
            messages.success(request, f"The text is now that of {kept.name}.")
            return redirect(piece)
    context = {"piece": piece, "form": form, "upload": kept, "change": Difference(piece.text(), kept.text())}
    return render(request, "articles/writing/use.html", context, status=409 if form.non_field_errors() else 200)
