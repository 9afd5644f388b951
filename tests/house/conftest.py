"""These tests read the sources: once is enough, whatever the database."""

import os

if os.environ.get("DATABASE_URL"):
    collect_ignore_glob = ["test_*.py"]
