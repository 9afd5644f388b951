"""A real Agora for the browser to visit: gunicorn with the production settings and the demo content.

The journeys go through what a visitor would meet (strict policy, hashed static files, two threads writing
to one SQLite), and reach it by HTTP only; whatever they need beyond (a mail that was sent, the second step
of an editor) they ask of this object.
"""

import email
import email.policy
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds


@dataclass
class Site:
    """A running Agora: its address, and its back door."""

    url: str
    var: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command on the data of this site and return what it printed."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def second_step(self, address: str) -> str:
        """Return the six digits that the phone of a demo account shows now."""
        return self.manage("demo_code", address)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return the mails sent to somebody, oldest first."""
        found = []
        for path in sorted((self.var / "mail").glob("*.log"), key=lambda p: p.stat().st_mtime_ns):
            for text in path.read_text("utf-8").split("-" * 79 + "\n"):
                message = email.message_from_string(text, policy=email.policy.default)
                if address in str(message["To"] or ""):
                    found.append(message)
        return found


def environment_for(var: Path, port: int) -> dict[str, str]:
    """Return the environment of a site that keeps its data in `var`, free of the present settings."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
        if name in os.environ
    }
    return kept | {
        "AGORA_VAR": str(var),
        "SITE_URL": f"http://localhost:{port}",
        "SECRET_KEY": "for-the-browser-tests-only-0123456789-0123456789-0123456789",
        "EMAIL_URL": f"file://{var / 'mail'}",
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }


def prepare(var: Path, tables: Path | None = None) -> None:
    """Make the data of a site, as script/server does (tables, tree, demo, static files); set the stage.

    Of data that were kept from another time, only what is due is made again.
    `tables`: a database with its tables and nothing else (tests/tables.py), to begin with where it is there.
    """
    var.mkdir(parents=True, exist_ok=True)
    if tables and tables.exists() and not (var / "agora.sqlite3").exists():
        shutil.copy(tables, var / "agora.sqlite3")
    setting = "from agora.calm import hurry; hurry(); from tests.browser.stage import set_stage; set_stage()"
    programs = [["script/prepare.py"], ["manage.py", "shell", "--no-imports", "-c", setting]]
    for program in programs[: 1 if (var / "stage.json").exists() else 2]:
        command, environment = [sys.executable, *program], environment_for(var, 8000)
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


def copy_of(prepared: Path, var: Path) -> Path:
    """Return a copy of prepared data that a site of its own may change."""
    shutil.copytree(prepared, var)
    return var


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(var: Path, port: int | None = None) -> tuple[Site, subprocess.Popen]:
    """Serve the data in `var`; return the site once it answers, and its process to stop.

    `port`: where it stood before, for one that died and comes back; any free one by default.
    """
    port = port or free_port()
    environment = environment_for(var, port)
    (var / "mail").mkdir(exist_ok=True)
    log = (var / "server.log").open("w")
    command = [
        *(sys.executable, "-m", "gunicorn", "agora.wsgi", "--chdir", str(ROOT / "site")),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--worker-class", "gthread", "--threads", "4"),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    process = subprocess.Popen(
        command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
    )
    site = Site(f"http://localhost:{port}", var, environment)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.url}/fr/", timeout=20):
                return site, process
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    process.terminate()
    raise AssertionError(f"The site does not answer: {(var / 'server.log').read_text()[-4000:]}")
