"""The pictures of a piece: one more in its text, what each shows, and those of another piece."""

from django.db import transaction
from django.utils.html import format_html

from articles.models.private.submission import check_pen
from articles.models.public.picture import Picture

FIGURE = '<figure data-picture="{}"><figcaption>{}</figcaption></figure>'


def add_picture(piece, *, by, data, alt, credit, caption):
    """Keep a picture and place it, with its caption, at the end of the text."""
    check_pen(by, piece)
    with transaction.atomic():
        picture = Picture.keep(data, alt=alt, credit=credit, submission=piece)
        placed = format_html(FIGURE, picture.key, caption)
        piece.write(by=by, version=piece.version, body=f"{piece.body}{placed}")


def describe_pictures(piece, *, by, words):
    """Say what pictures show and whose they are; `words` maps a picture's key to its fields."""
    check_pen(by, piece)
    for picture in piece.pictures.filter(key__in=words):
        picture.describe(**words[picture.key])
    piece.render_again()


def caption(piece, *, by, version, words):
    """Describe pictures at the desk, over the `version` that was seen; raises StaleText."""
    with piece.rewriting(by=by, version=version):
        describe_pictures(piece, by=by, words=words)


def copy_pictures(piece, draft, *, by):
    """Keep a copy of each picture that stands in the text of a new draft, and of none whose file is gone."""
    body = draft.body
    for picture in piece.pictures.all():
        if picture.key in body and (data := picture.read()):
            kept = Picture.keep(data, alt=picture.alt, credit=picture.credit, submission=draft)
            body = body.replace(picture.key, kept.key)
    if body != draft.body:
        draft.write(by=by, version=draft.version, body=body)
