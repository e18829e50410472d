"""Pictures: public ones for everybody and for good, those of a submission for whoever may see it."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models import Picture
from articles.views.own import visible_submission
from forum.lib.web.pagecache import never, private, public

MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@public
@require_safe
def public_picture(request, key, name):
    """Serve a rendition that stands in something readers can see; its bytes never change."""
    return _file(request, get_object_or_404(Picture.objects.public(), key=key), name)


@private
@require_safe
def submission_picture(request, code, key, name):
    """Serve a rendition of a picture in a manuscript."""
    piece = visible_submission(request, code)
    return _file(request, get_object_or_404(piece.pictures.all(), key=key), name)


@never
def nothing_here(request):
    """Pictures are not listed."""
    raise Http404


@never
def nothing_there(request, code):
    """Pictures are not listed."""
    raise Http404


def _file(request, picture, name):
    path = picture.path(name)
    if path not in picture.paths():
        raise Http404
    etag = f'"{picture.key}-{name}"'
    response = get_conditional_response(request, etag=etag)
    response = response or FileResponse(default_storage.open(path), content_type=MIME[name.rpartition(".")[2]])
    response.headers["ETag"] = etag
    return response
