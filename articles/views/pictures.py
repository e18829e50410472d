"""The pictures of a piece, as its author sees to them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from articles.forms.author.pictures import DescribeForm, PictureForm
from articles.models.private import picturing
from articles.models.public.text import StaleText
from articles.tasks import prepare_again
from articles.views.own import meter, writable, writer
from forum.lib.web.labels import asks


@writable
@asks(DescribeForm)
def pictures(request, piece):
    """Say of each picture what it shows and whose it is."""
    data = request.POST if request.method == "POST" else None
    rows = [(picture, described(picture, data)) for picture in piece.pictures.as_they_stand()]
    if request.method == "POST" and all(form.is_valid() for _, form in rows):
        picturing.describe_pictures(piece, by=writer(request), words={p.key: form.cleaned_data for p, form in rows})
        messages.success(request, "Saved.")
        return redirect(piece)
    return pictures_page(request, piece, rows, PictureForm())


def described(picture, data=None):
    """Return the form of one picture, filled in as it was sent or as it is saved."""
    return DescribeForm(data, prefix=picture.key, initial={"alt": picture.alt, "credit": picture.credit})


@writable
@asks(PictureForm)
def add_picture(request, piece):
    """Add a picture at the end of the text."""
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        meter(request)
    if form.is_valid():
        try:
            picturing.add_picture(piece, by=writer(request), **form.picture)
        except StaleText:
            form.add_error(
                "file", "The text was changed at the same moment. Please send the picture once more."
            )
        else:
            messages.success(request, "The picture stands at the end of your text.")
            return redirect(piece)
    rows = [(picture, described(picture)) for picture in piece.pictures.as_they_stand()]
    return pictures_page(request, piece, rows, form)


@writable
@require_POST
def try_pictures_again(request, piece):
    """Have the pictures that are not ready prepared now."""
    meter(request)
    prepare_again(piece.pictures)
    messages.success(request, "We are trying again. Look again in a minute.")
    return redirect("submission_figures", piece.code)


def pictures_page(request, piece, rows, form):
    """Show the pictures with what is said about them, and room for one more."""
    context = {"piece": piece, "rows": rows, "form": form, "at": f"{piece.get_absolute_url()}pictures/"}
    context["kept"] = any(picture.failure or picture.setback for picture, _ in rows)
    return render(request, "articles/writing/pictures.html", context)
