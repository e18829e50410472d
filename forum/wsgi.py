import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
application = get_wsgi_application()

from forum import fresh  # noqa: E402 - models can be named only now

application = fresh.kept_in_front_of(application)
