"""The site's own settings, made quick: a cheap password hash, a cache in memory, no wait."""

import atexit
import os
import shutil
import tempfile
from datetime import timedelta

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("READ_DOT_ENV", "0")
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="forum-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from forum.settings import *
from forum.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
FORM_MIN_SECONDS = 0
LETTERS_WAIT = timedelta()  # tests of the waiting say how long
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
ZEAL_ALLOWLIST = [  # these fetch one row several times in one request, never a list: allauth, sessions, and decisions
    # about several comments, each of which holds its discussion in a transaction of its own
    {"model": "accounts.Delivery", "field": "get()"},
    {"model": "comments.Discussion", "field": "get()"},
    {"model": "account.EmailAddress", "field": "get()"},
    {"model": "sessions.Session", "field": "get()"},
    {"model": "comments.Discussion", "field": "get()"},  # a verb inside another holds it again
]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # a file, so that threads can meet in it
    DATABASES["default"]["OPTIONS"]["timeout"] = 60  # many at once on a slow machine are not what makes a site say 503
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # it need not outlive a power cut
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread that has answered leaves no connection behind
