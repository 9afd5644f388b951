"""Bring Agora's data up to date before it is served: messages, database, demo content, index, static files.

One process for all steps, because each start of Django costs seconds. Can be run at any time; a step that
has nothing to do says nothing.
"""

import hashlib
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "script")]


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took when somebody could have wondered."""
    print(f"→ {what}", flush=True)
    started = time.monotonic()
    yield
    if (seconds := time.monotonic() - started) >= 2:
        print(f"  done in {seconds:.0f} s", flush=True)


def migrate(call_command: Callable) -> None:
    """Create or update the tables."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        first_time = not executor.loader.applied_migrations
        with step(
            "Making the database" if first_time else f"Updating the database ({len(waiting)} migrations)"
        ):
            call_command("migrate", interactive=False, verbosity=0)


def load_demo(call_command: Callable) -> None:
    """Load the fictional content into a database that holds nobody yet, unless DEMO=no."""
    from django.conf import settings

    from agora.people.models import Member

    # Stays when loading is cut short, so that the next start finishes it; never touches lived-in data.
    unfinished = settings.VAR / "demo-unfinished"
    wanted = os.environ.get("DEMO", "yes").lower() not in ("no", "0", "false")
    if unfinished.exists() or (wanted and not Member.objects.exists()):
        with step("Loading the demo content (this first time only)"):
            unfinished.touch()
            call_command("load_demo", stdout=Indented())
            unfinished.unlink()


def renew_index(call_command: Callable) -> None:
    """Build the search index anew where an update reads texts otherwise; the former one serves meanwhile.

    Without it Agora can be served all the same, so that an engine that is away stops nothing here.
    """
    from django.core.management.base import CommandError

    from search import generations
    from search.contract import SearchUnavailable
    from search.engines import seats

    try:
        if any(generations.is_needed(seat.engine) for seat in seats()):
            with step("Building the search index"):
                call_command("search_rebuild", if_needed=True, stdout=Indented())
    except (CommandError, SearchUnavailable) as error:
        print(f"  The search index is not up to date: {error}\n  Later: manage.py search_rebuild", flush=True)


class Indented(io.TextIOBase):
    """Prints a command's progress under the step it belongs to."""

    def write(self, text: str) -> int:
        """Print one line, as Django's commands write them."""
        if text.strip():
            print(f"  {text.strip()}", flush=True)
        return len(text)


def static_fingerprint() -> str:
    """Return a mark that changes when a static file is added, removed or changed."""
    from django.contrib.staticfiles.finders import get_finders

    seen = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            seen.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()


def collect_static(call_command: Callable) -> None:
    """Gather, name by content and compress the static files, when they changed."""
    from django.conf import settings

    folder = Path(settings.STATIC_ROOT)
    mark = folder.with_name(folder.name + ".stamp")
    wanted = static_fingerprint()
    if folder.is_dir() and mark.exists() and mark.read_text() == wanted:
        return
    with step("Gathering the static files"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        mark.write_text(wanted)


def main() -> None:
    """Run every step that is due."""
    from compile_messages import compile_messages

    compile_messages()
    import django

    from agora.calm import hurry

    hurry()
    django.setup()
    from django.core.management import call_command

    migrate(call_command)
    call_command("build_tree", stdout=io.StringIO())
    load_demo(call_command)
    renew_index(call_command)
    collect_static(call_command)

    from demo_accounts import as_text
    from django.conf import settings

    (settings.VAR / "demo-accounts.txt").write_text(as_text(), "utf-8")


if __name__ == "__main__":
    main()
