"""What every answer says to browsers, whoever made it: pages, refusals, redirects, static files, what broke."""

from django.conf import settings


class Guard:
    """Sends the headers of `settings.SECURE_HEADERS`; outermost, so that no answer goes by it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in settings.SECURE_HEADERS.items():
            response.headers[name] = value
        return response
