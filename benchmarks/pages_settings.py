"""As in production, plus one view that does nothing, to tell the machine from the pages."""

from agora.settings.production import *  # noqa: F403

ROOT_URLCONF = "pages_urls"
