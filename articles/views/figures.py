"""The pictures of a piece, as its author sees to them."""

from django.contrib import messages
from django.shortcuts import redirect, render

from articles.forms.following import DescribeForm, PictureForm
from articles.models.editing import StaleText
from articles.views.own import meter, writable, writer


@writable
def figures(request, piece):
    """Say of each picture what it shows and whose it is."""
    rows = [(picture, described(picture, request)) for picture in piece.pictures.all()]
    if request.method == "POST" and all(form.is_valid() for _, form in rows):
        piece.describe_pictures(by=writer(request), words={p.key: form.cleaned_data for p, form in rows})
        messages.success(request, "Saved.")
        return redirect(piece)
    return shown(request, piece, rows, PictureForm())


def described(picture, request):
    """Return the form of one picture."""
    data = request.POST if request.method == "POST" else None
    return DescribeForm(data, prefix=picture.key, initial={"alt": picture.alt, "credit": picture.credit})


@writable
def add_figure(request, piece):
    """Add a picture at the end of the text."""
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        meter(request)
    if form.is_valid():
        try:
            piece.add_picture(by=writer(request), **form.picture)
        except StaleText:
            form.add_error(
                "file", "The text was changed at the same moment. Please send the picture once more."
            )
        else:
            messages.success(request, "The picture stands at the end of your text.")
            return redirect(piece)
    rows = [(picture, described_now(picture)) for picture in piece.pictures.all()]
    return shown(request, piece, rows, form)


def described_now(picture):
    return DescribeForm(prefix=picture.key, initial={"alt": picture.alt, "credit": picture.credit})


def shown(request, piece, rows, form):
    """Show the pictures with what is said about them, and room for one more."""
    context = {"piece": piece, "rows": rows, "form": form, "at": f"{piece.get_absolute_url()}pictures/"}
    return render(request, "articles/writing/figures.html", context)
