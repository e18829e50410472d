"""The one settings file, read from the environment; docs/operations.md lists what can be said.

Three ways to run: `DEBUG=1` for developing, `DEMO=1` for trying it out on loopback, and production,
which is the default and refuses to start with anything weak.
"""

import os
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from forum.environment import REMOTE, kept_secret, private_folder, read
from forum.lib import postgresql
from forum.lib.sqlite import choice

BASE_DIR = Path(__file__).resolve().parent.parent
env = read(BASE_DIR / ".env")

os.umask(0o077)  # manuscripts, drafts and addresses: what this program writes is nobody else's on the machine
VAR_DIR = private_folder(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
PRODUCTION = not DEBUG and not DEMO
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

SECRET_KEY = env.str("SECRET_KEY", default="") or ("" if PRODUCTION else kept_secret(VAR_DIR))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else LOOPBACK)

if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("django-insecure")):
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's own hosts, separated by commas.")
if not PRODUCTION and set(ALLOWED_HOSTS) - {*LOOPBACK, "testserver"}:
    raise ImproperlyConfigured("DEBUG and DEMO serve loopback addresses only; switch them off for a real host.")
BIND = env.str("BIND", default="127.0.0.1")
if not PRODUCTION and BIND not in ("127.0.0.1", "::1", "localhost"):
    raise ImproperlyConfigured("DEBUG and DEMO listen on loopback only; BIND must be 127.0.0.1.")

PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://127.0.0.1:{PORT}")

INSTALLED_APPS = [
    "forum.apps.ForumConfig",
    "forum.pages.apps.PagesConfig",
    "accounts",
    "articles",
    "comments",
    "alerts",
    "forum.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "forum.lib.web.guard.Guard",
    "forum.lib.web.csp.ContentSecurityPolicy",
    "forum.machines.AnyHost",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "forum.lib.web.stored.Accounts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "forum.lib.web.pagecache.PageCache",
    "django.middleware.common.CommonMiddleware",
    "forum.lib.web.refusals.KeepTypedText",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "forum.lib.web.limits.BodyLimit",
    "forum.lib.web.refusals.Refusals",
]

ROOT_URLCONF = "forum.urls"
WSGI_APPLICATION = "forum.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "forum.pages.context.site",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'forum.sqlite3'}")}
# a young connection plans each question once more; the log of SQLite needs room when it is opened, on a full disk too
DATABASES["default"]["CONN_MAX_AGE"] = 600
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"ENGINE": "forum.lib.sqlite", "OPTIONS": choice.options()}
else:
    DATABASES["default"] |= {"ENGINE": "forum.lib.postgresql", "CONN_HEALTH_CHECKS": True}
    # what the address asks for counts before ours, sslmode=require for one
    DATABASES["default"]["OPTIONS"] = {**postgresql.OPTIONS, **DATABASES["default"].get("OPTIONS", {})}
WEB_CONCURRENCY, THREADS = env.int("WEB_CONCURRENCY", default=1), env.int("THREADS", default=8)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cached("CACHE_URL")}
PAGES_KEPT_MB = env.int("PAGES_KEPT_MB", default=64)  # of memory in each process, for pages that readers ask for again

COMMENT_SCORER = env.str("COMMENT_SCORER", default="")  # a function of a text, "package.module.function", to 0..1
COMMENT_SCORER_HOLDS_FROM = env.float("COMMENT_SCORER_HOLDS_FROM", default=0.8)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.SiteWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/submissions/"
STAFF_SECOND_FACTOR = not DEMO

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.zone("TIME_ZONE", default="UTC")
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "forum.lib.storage.Files"},
    "staticfiles": {"BACKEND": "forum.lib.web.bundle.BundledStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_HANDLERS = [
    "forum.lib.web.limits.CountingUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
MAX_BODY = 22 * 1024 * 1024

FORM_MIN_SECONDS = 3
THROTTLES = {  # scope: (how many, in how many seconds)
    "author_message": (12, 60 * 60),
    "code_try": (15, 15 * 60),
    "copy": (5, 24 * 60 * 60),
    "appeal": (10, 60 * 60),
    "comment": (10, 10 * 60),
    "comment_newcomer": (3, 10 * 60),
    "comment_prefix": (60, 10 * 60),
    "regard": (120, 60 * 60),
    "join": (10, 60 * 60),
    "invite": (10, 24 * 60 * 60),
    "letter": (24, 24 * 60 * 60),  # to one mailbox, see accounts/ration.py
    "letter_here": (8, 24 * 60 * 60),
    "letter_prefix": (60, 60 * 60),  # a school is one address to us
    "link_prefix": (30, 60 * 60),
    "mail_trial": (6, 60 * 60),
    "message": (6, 60 * 60),
    "report": (10, 60 * 60),
    "report_prefix": (30, 60 * 60),
    "search": (40, 20),
    "unsent_prefix": (60, 10 * 60),
    "upload": (10, 10 * 60),
    "upload_prefix": (60, 10 * 60),
}

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="International Affairs Forum <forum@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if DEMO:
    EMAIL_BACKEND = "forum.lib.mail.KeptMail"
elif DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    vars().update(env.post("EMAIL_URL", default="smtp://localhost:25"))
    if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "forum.lib.smtp.EmailBackend"
EMAIL_TIMEOUT = 20
LETTERS_WAIT = timedelta(seconds=env.int("LETTERS_WAIT", default=20 if DEMO else 600))
if timedelta() > LETTERS_WAIT:
    raise ImproperlyConfigured("LETTERS_WAIT is a number of seconds, 0 or more.")

SESSION_ENGINE = f"forum.lib.web.{'shared_sessions' if CACHES['default']['BACKEND'] == REMOTE else 'sessions'}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # as long as the browser is open; the page about privacy says so
CSRF_FAILURE_VIEW = "forum.lib.web.refusals.stale"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=PRODUCTION)
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=int(BEHIND_PROXY))

UNUSED = ["camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi", "payment", "serial", "usb"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HEADERS = {  # with every answer; docs/operations.md lists them, and a test holds the two together
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SECURE_CSP = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "img-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
}
EDITOR_CSP = {"script-src": ["<CSP_NONCE_SENTINEL>"]}

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"reset_password": None, "request_login_code": None}  # accounts/ration.py counts the letters
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "add_email": "accounts.entrance.NewAddressForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.entrance.AddressCodeForm",
    "confirm_login_code": "accounts.entrance.SignInCodeForm",
    "confirm_password_reset_code": "accounts.entrance.PasswordCodeForm",
    "login": "accounts.entrance.SignInForm",
    "reauthenticate": "accounts.entrance.ConfirmPasswordForm",
    "request_login_code": "accounts.entrance.AskForCodeForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.ReplacePasswordForm",
    "set_password": "accounts.entrance.SetPasswordForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_FORMS = {
    "activate_totp": "accounts.entrance.ActivateAppForm",
    "add_webauthn": "accounts.entrance.AddKeyForm",
    "authenticate": "accounts.entrance.SecondFactorForm",
    "authenticate_webauthn": "accounts.entrance.SecondFactorByKeyForm",
    "edit_webauthn": "accounts.entrance.RenameKeyForm",
    "login_webauthn": "accounts.entrance.SignInByKeyForm",
    "reauthenticate": "accounts.entrance.ConfirmSecondFactorForm",
    "reauthenticate_webauthn": "accounts.entrance.ConfirmByKeyForm",
}
MFA_TOTP_ISSUER = "International Affairs Forum"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}{trouble}", "style": "{"}},
    "filters": {
        "trouble": {"()": "django.utils.log.CallbackFilter", "callback": "ext://forum.lib.web.broken.with_trouble"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["trouble"]}},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["console"], "level": env.level("LOG_LEVEL", default="WARNING")},
}

PROMISES = {
    "first_answer_working_days": 5,
    "decision_days": 14,
    "changes_days": 21,
    "proof_days": 5,
    "extension_days": 14,
    "lapse_days": 30,
    "remind_days": 3,
    "apology_working_days": 5,
    "most_apologies": 2,
    "ready_working_days": 3,
    "link_days": 30,
    "comment_hours": 24,
    "report_hours": 24,
    "appeal_hours": 7 * 24,
}
