"""The site as it is served, for a driver that kills it: real mail, the cache in the database, but no throttles."""

import os

from forum.settings import *  # noqa: F403
from forum.settings import STORAGES, THROTTLES

DEMO = False  # nothing to load
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
THROTTLES = dict.fromkeys(THROTTLES, (50, 1))
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", os.environ["SMTP"]
