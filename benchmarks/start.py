"""How long from a clone to the first page, downloads left out: `python benchmarks/start.py`.

Clones this repository into an empty folder, keeps the wheels at hand first (not counted), then runs
script/server there as a newcomer would, and prints when each step began, when the first page came, and how
long the second start takes. The target is 90 seconds on two cores.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = 90  # seconds
PATIENCE = 600


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def keep_wheels(folder: Path) -> None:
    """Download what the requirements ask for, once, so that the network is not measured."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    subprocess.run([*command, "-d", str(folder), "-r", str(ROOT / "requirements.txt")], check=True)


def serve_until_first_page(clone: Path, wheels: Path) -> float:
    """Run script/server in a clone, print its steps as they come, stop it; return the seconds it took."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(clone.parent),
        "PYTHON": sys.executable,
        "PORT": str(port),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PYTHONUNBUFFERED": "1",
    }
    started = time.monotonic()
    process = subprocess.Popen(
        ["bash", str(clone / "script" / "server")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )

    def tell() -> None:
        for line in process.stdout:
            if line.strip():
                print(f"  {time.monotonic() - started:6.1f} s  {line.rstrip()}", flush=True)

    threading.Thread(target=tell, daemon=True).start()
    try:
        while time.monotonic() - started < PATIENCE and process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/fr/", timeout=30) as response:
                    response.read()
                    return time.monotonic() - started
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        sys.exit("The first page never came.")
    finally:
        time.sleep(1)  # for the last lines
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)


def main() -> None:
    """Measure a first and a second start."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--keep", action="store_true", help="leave the clone where it is")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="agora-start-"))
    clone, wheels = folder / "a folder" / "agora", folder / "wheels"  # paths have blanks
    try:
        print("Keeping the wheels at hand (not counted)…", flush=True)
        keep_wheels(wheels)
        started = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        cloned = time.monotonic() - started
        print(f"Clone: {cloned:.1f} s. First start:", flush=True)
        first = cloned + serve_until_first_page(clone, wheels)
        print("Second start:", flush=True)
        second = serve_until_first_page(clone, wheels)
        verdict = "within" if first <= TARGET else "ABOVE"
        print(f"\nFrom clone to first page: {first:.1f} s ({verdict} the target of {TARGET} s)")
        print(f"Second start: {second:.1f} s")
    finally:
        if options.keep:
            print(f"Kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
