"""Settings. What differs per installation is a variable (docs/operations.md)."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from achterban.config.environment import (
    database_settings,
    env_bool,
    env_int,
    env_list,
    env_str,
    smtp_settings,
)
from achterban.core.vault.keyring import KeysMissing, ensure_key_ring
from achterban.rules import retention

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent

# Where things last
DATA = Path(env_str("ACHTERBAN_DATA", str(ROOT / "data"))).resolve()
KEYS = Path(env_str("ACHTERBAN_KEYS", f"{DATA}-keys")).resolve()
try:
    DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
except OSError as error:
    raise ImproperlyConfigured(
        f"De gegevensmap {DATA} is niet te gebruiken. Kies een andere met --data."
    ) from error
DATABASE_URL = env_str("DATABASE_URL", f"sqlite:///{DATA}/achterban.sqlite3")
DATABASES = {"default": database_settings(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The folder of static files is made at each start, whatever the database.
_HAS_DATA = (DATA / "static").exists() or (
    DATABASE_URL.startswith("sqlite:") and Path(DATABASES["default"]["NAME"]).exists()
)
try:
    KEY_RING = ensure_key_ring(
        KEYS,
        may_create=env_bool("ACHTERBAN_NEW_KEYS", default=True) and not _HAS_DATA,
    )
except KeysMissing as error:
    raise ImproperlyConfigured(
        f"De sleutels ontbreken of zijn niet heel: {KEYS}/keys.json. Zonder die "
        "sleutels is niets te lezen. Zet de map terug uit uw kluis, of wijs hem aan "
        "met --keys of ACHTERBAN_KEYS. Er is niets veranderd."
    ) from error
SECRET_KEY = KEY_RING.hash_keys["django"].hex()

# Who asks
DEBUG = False
DEMO = env_bool("ACHTERBAN_DEMO")  # example content on this machine, over plain http
PLAIN_HTTP = env_bool("ACHTERBAN_PLAIN_HTTP", default=DEMO)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env_list("ACHTERBAN_HOSTS") + LOCAL_HOSTS
CANONICAL_HOST = ALLOWED_HOSTS[0]
CANONICAL_ADDRESS = env_str("ACHTERBAN_ADDRESS", CANONICAL_HOST)  # with a port
TRUSTED_PROXIES = env_list("ACHTERBAN_PROXIES")
INTAKE_BURST = env_int("ACHTERBAN_INTAKE_BURST", 200)
WORKERS = env_int("ACHTERBAN_WORKERS", os.cpu_count() or 1)
FINDER = env_bool("ACHTERBAN_FINDER", default=True)

# The program's own clock
CLOCK_OFFSET = timedelta()
if clock := env_str("ACHTERBAN_CLOCK", ""):
    if not (DEMO or env_bool("ACHTERBAN_UNSAFE_CLOCK")):
        raise ImproperlyConfigured(
            "ACHTERBAN_CLOCK is er voor proeven. Haal de variabele weg, of start met "
            "--unsafe-clock als u dit echt wilt."
        )
    start = datetime.fromisoformat(clock)
    if timezone.is_naive(start):
        start = start.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    CLOCK_OFFSET = start - timezone.now()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "achterban.core.web",  # before django.forms: its form templates come first
    "django.forms",
    "achterban.core.outbox",
    "achterban.core.vault",
    "achterban.core.audit",
    "achterban.core.organisations",
    "achterban.core.accounts",  # before allauth: its templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "achterban.core.places",
    "achterban.core.vocabulary",
    "achterban.core.consent",
    "achterban.core.mine",
    "achterban.core.files",
    "achterban.core.release",
    "achterban.core.search",
    "achterban.core.upkeep",
    "achterban.people.persons",
    "achterban.people.gatherings",
    "achterban.listen.reports",
    "achterban.support.helpline",
    "achterban.advocate.issues",
    "achterban.advocate.stakeholders",
    "achterban.advocate.publications",
    "achterban.advocate.redactions",
    "achterban.advocate.dossiers",
    "achterban.advocate.commitments",
    "achterban.portal.home",
    "achterban.portal.api",
    "achterban.portal.demo",
]

MIDDLEWARE = [
    "achterban.core.web.middleware.SafeHeaders",
    "achterban.core.web.middleware.PoliteFailure",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "achterban.core.web.middleware.Stateless",
    "achterban.core.web.middleware.Preferences",
    "achterban.core.web.middleware.SameOrigin",
    "achterban.core.organisations.middleware.CurrentOrganisation",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "achterban.config.urls"
WSGI_APPLICATION = "achterban.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "core" / "web" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "achterban.core.web.context.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Language: Dutch first
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 31536000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes: 100,000 characters fit several times
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["achterban.core.files.spool.SealedUploadHandler"]
CLAMD = env_str("ACHTERBAN_CLAMD", "")
MOST_FILES_MB = env_int("ACHTERBAN_FILES_MB", 5_000)
CONTACT_DAYS = max(env_int("ACHTERBAN_CONTACT_DAYS", retention.CONTACT_DAYS), 30)
AUDIT_DAYS = max(env_int("ACHTERBAN_AUDIT_DAYS", 0), retention.AUDIT_DAYS)

# Log-in: a mail address with a password or a mailed code, then a second factor
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["achterban.core.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/werk/"
ACCOUNT_ADAPTER = "achterban.core.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # asked at log-in; nobody signs up
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # the adapter mails nobody, in the same time
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 1800
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {  # in memory; an address is never slowed by a stranger
    "login": "30/m/ip",
    "request_login_code": "20/m/ip",
    "reauthenticate": "10/m/user",
    "login_failed": "5/5m/key",  # second factors, of whoever gave the first one
}
MFA_ADAPTER = "achterban.core.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP

# Cookies and transport
_SECURE = not PLAIN_HTTP
SESSION_COOKIE_NAME = "__Host-werk" if _SECURE else "werk"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "achterban.core.accounts.sessions"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "achterban.core.web.failures.page_expired"
SECURE_SSL_REDIRECT = False  # SafeHeaders does it, and leaves the health check alone
SECURE_HSTS_SECONDS = 63072000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _SECURE
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
)
# core.web.middleware.SafeHeaders does what Django's own two would
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Mail leaves through the outbox
DEFAULT_FROM_EMAIL = env_str("ACHTERBAN_MAIL_FROM", f"post@{CANONICAL_HOST}")
if smtp_url := env_str("ACHTERBAN_SMTP_URL", ""):
    globals().update(smtp_settings(smtp_url))
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
else:
    EMAIL_BACKEND = "achterban.core.outbox.files.FileBackend"
MAIL_FOLDER = DATA / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"wordless": {"()": "achterban.core.web.logs.Wordless"}},
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "terminal": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["wordless"],
        }
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
