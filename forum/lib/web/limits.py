"""How much one request may send: refused by its Content-Length at once, and counted while it arrives."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse


class TooLarge(RequestDataTooBig):
    """More than the site takes; answered with 413."""


class BodyLimit:
    """Refuses a body that says it is too large, or does not say how large it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > settings.MAX_BODY:
            raise TooLarge(f"{length} bytes were announced.")
        if not length and "HTTP_TRANSFER_ENCODING" in request.META:
            return HttpResponse("Say how long the request is.", status=411, content_type="text/plain")
        return self.get_response(request)


class CountingUploadHandler(FileUploadHandler):
    """Counts the bytes of all files of a request as they come, and stops at the limit."""

    def __init__(self, request=None):
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.MAX_BODY:
            raise TooLarge(f"{self.received} bytes arrived.")
        return raw_data

    def file_complete(self, file_size):
        return None
