"""Settings shared by every way of running Agora. One environment variable per outside thing."""

import os
from pathlib import Path

import dj_database_url

from .accounts import *  # noqa: F403
from .keys import room_keys
from .security import *  # noqa: F403

ROOT = Path(__file__).resolve().parents[3]
PLATFORM = ROOT / "site" / "agora"
VAR = Path(os.environ.get("AGORA_VAR", ROOT / "var"))  # everything that Agora writes
VAR.mkdir(parents=True, exist_ok=True)

SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "agora.home",
    "agora.directory",
    "agora.api",
    "practices",
    "forum",
    "search",
    "agora.discussion",
    "agora.drafts",
    "agora.attachments",
    "agora.airlock",
    "agora.people",
    "agora.vocabulary",
    "agora.library",
    "agora.richtext",
    "agora.face",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_comments_xtd",
    "django_comments",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "agora.middleware.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "agora.middleware.admin_csp",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "agora.people.middleware.ReaderMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "agora.people.middleware.SecondFactorMiddleware",
    "search.silent.middleware.OpenedFromResults",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "agora.urls"
WSGI_APPLICATION = "agora.wsgi.application"
FORM_RENDERER = "agora.face.renderer.FieldRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PLATFORM / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agora.home.context.chrome",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# --- Data ------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: a write is acknowledged only when it is on the disk.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'agora.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# Rate limits and used second-step codes must be seen by every process: hence files, not memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # What one process may remember for itself (rendered fragments, snapshots).
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # Finished PDFs, apart: many of them must never push rate limits out. At most some 50 MB.
    "paper": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "paper",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
if os.environ.get("CACHE_URL", "").startswith("redis"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["CACHE_URL"],
    }

# What one member's programs may ask of the API: calls, in so many seconds.
API_LIMITS = {"search": (60, 60), "import": (30, 600)}

SEARCH_URL = os.environ.get("SEARCH_URL", f"tantivy://{VAR / 'search'}")
# An embedded index kept warm beside a server (tantivy:///…): it answers while the server does not.
SEARCH_FALLBACK = os.environ.get("SEARCH_FALLBACK", "")

# What seals the texts of intervision rooms; kept apart from the database and from its backups. The first
# seals, all of them open. Without any in the environment, one is made and kept under VAR:
# `manage.py check --deploy` says that it should move (forum/checks.py).
ROOM_KEYS = room_keys(VAR)

TASKS = {"default": {"BACKEND": "agora.gathering.GatheringBackend"}}

# --- Language --------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]
LOCALE_PATHS = [PLATFORM / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PLATFORM / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
_HANDLER = "django.core.files.uploadhandler.{}FileUploadHandler"
FILE_UPLOAD_HANDLERS = ["agora.attachments.uploads.Bounded", *map(_HANDLER.format, ("Memory", "Temporary"))]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What members attach: no address of its own, so nothing but our checked view can send it.
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "attachments", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Comments --------------------------------------------------------------------------------
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MAX_THREAD_LEVEL = 1
COMMENTS_XTD_CONFIRM_EMAIL = False
COMMENTS_XTD_THREADED_EMAILS = False
COMMENTS_XTD_APP_MODEL_OPTIONS = {"default": {"who_can_post": "users"}}
COMMENTS_TIMEOUT = 60 * 60 * 24 * 7

# --- Wagtail ---------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Agora CPAS·OCMW"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "library.AgoraImage"
WAGTAILDOCS_DOCUMENT_MODEL = "library.AgoraDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "jpeg"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no address of a colleague, even hashed, goes to a third party
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Mail ------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Agora <agora@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Search says itself, in one line, when its server does not answer.
    "loggers": {"elastic_transport": {"level": "ERROR"}},
}
