#!/usr/bin/env python3
"""Django's command line for Agora: puts the platform folder on the path, then hands over."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `site/` is a plain folder, never a package: the standard library owns the name `site`.
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.development")
    from django.core.management import execute_from_command_line

    from agora.calm import hurry

    hurry()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
