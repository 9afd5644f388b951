"""The WSGI entry point: `gunicorn --chdir site agora.wsgi`."""

import os
import sys
from pathlib import Path

from django.core.wsgi import get_wsgi_application

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "site"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.production")
from agora.calm import hurry, settle  # noqa: E402 (its folder had to be on the path)

hurry()
application = get_wsgi_application()
settle()
