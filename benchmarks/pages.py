"""What the pages cost: requests a second, CPU, queries and bytes, with a small and a large catalogue.

`python benchmarks/pages.py [100 10000]`: for each number of sheets, makes a database of its own in a
temporary folder, serves it as in production (gunicorn, two processes) and asks each page as a signed-in
member over four connections. An empty Django view is printed beside every figure, because machines differ:
compare ratios. « ms » is the CPU time of the server per request, free of what else the machine does.
« after a change » is the first reading of a sheet after any sheet changed, with nothing kept in memory.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORT = int(os.environ.get("PORT", "8199"))
SECONDS = float(os.environ.get("SECONDS", "8"))
CONNECTIONS, WORKERS = 4, 2
CSRF = "b" * 32  # a browser that signed in has this cookie too
TICKS = os.sysconf("SC_CLK_TCK")
FIRST_VIEW_LIMIT = 100_000  # bytes
# What a sheet with fifty comments is held to: others' rates, measured signed in on two such cores over four
# connections while an empty Django view answered 1,250 to 1,900 times a second; how often ours shall be.
EMPTY_THEN = (1_250, 1_900)
OTHERS = {"MediaWiki 1.39": (71, 3), "plain Wagtail 8": (110, 2)}


def environment(folder: str) -> dict[str, str]:
    """Return the environment of a server that writes only in `folder`."""
    paths = [str(ROOT), str(ROOT / "site"), str(ROOT / "benchmarks")]
    return os.environ | {
        "AGORA_VAR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/agora.sqlite3",
        "SEARCH_URL": f"tantivy://{folder}/search",
        "SITE_URL": f"http://127.0.0.1:{PORT}",
        "SECRET_KEY": "benchmark",
        "DJANGO_SETTINGS_MODULE": "pages_settings",
        "PYTHONPATH": os.pathsep.join(paths),
    }


def run(env: dict[str, str], *command: str) -> str:
    """Run a Python command to its end and return what it printed."""
    whole = [sys.executable, *command]
    return subprocess.run(whole, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


class Load:
    """Four connections that ask for one address, one request after the other, for some seconds."""

    def __init__(self, path: str, session: str):
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n"
            f"Cookie: sessionid={session}; csrftoken={CSRF}\r\n"
            "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        ).encode()
        self.done = 0
        self.wrong = 0
        self.size = 0

    def ask(self) -> bytes:
        """Ask once and return the whole answer."""
        with socket.create_connection(("127.0.0.1", PORT)) as connection:
            connection.sendall(self.request)
            pieces = []
            while piece := connection.recv(65536):
                pieces.append(piece)
        return b"".join(pieces)

    def _keep_asking(self, until: float) -> None:
        while time.perf_counter() < until:
            answer = self.ask()
            self.done += 1
            self.wrong += not answer.startswith(b"HTTP/1.1 200")
            self.size = len(answer)

    def measure(self, seconds: float) -> float:
        """Ask for some seconds; return requests a second. RuntimeError when an answer was not 200."""
        self.done, start = 0, time.perf_counter()
        threads = [
            threading.Thread(target=self._keep_asking, args=(start + seconds,)) for _ in range(CONNECTIONS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.wrong:
            raise RuntimeError(f"{self.wrong} answers were not 200: {self.ask()[:200]!r}")
        return self.done / (time.perf_counter() - start)


def cpu_of(server: subprocess.Popen) -> float:
    """Return the seconds of CPU spent so far by the processes that answer."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in children]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / TICKS


def serve(env: dict[str, str]) -> subprocess.Popen:
    """Start gunicorn and wait until it answers."""
    command = ["-m", "gunicorn", "agora.wsgi", "--chdir", "site", "--bind", f"127.0.0.1:{PORT}"]
    command += ["--workers", str(WORKERS), "--log-level", "warning", "--no-control-socket"]
    server = subprocess.Popen([sys.executable, *command], env=env, cwd=ROOT)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", PORT)).close()
            return server
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server does not start.")


def measure(size: int) -> None:
    """Print the table of one number of sheets."""
    with tempfile.TemporaryDirectory(prefix="agora-pages-") as folder:
        env = environment(folder)
        run(env, "manage.py", "migrate", "-v0")
        run(env, "manage.py", "collectstatic", "--noinput", "-v0")
        facts = json.loads(run(env, "benchmarks/pages_inside.py", "fill", str(size)).splitlines()[-1])
        run(env, "manage.py", "search_rebuild")
        inside = json.loads(
            run(env, "benchmarks/pages_inside.py", "look", json.dumps(facts)).splitlines()[-1]
        )
        server = serve(env)
        try:
            table(size, facts, inside, server)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


def asked(load: Load, server: subprocess.Popen, seconds: float) -> tuple[float, float]:
    """Return requests a second, and milliseconds of the server's CPU per request, once it is warm.

    Warm: each process has taken its picture of the catalogue, whose price is printed on a line of its own.
    """
    load.measure(seconds / 2)
    before, rate = cpu_of(server), load.measure(seconds)
    return rate, (cpu_of(server) - before) / load.done * 1000


def table(size: int, facts: dict, inside: dict, server: subprocess.Popen) -> None:
    """Ask each page and print what it took."""
    print(f"\n{size} sheets, {WORKERS} processes, {CONNECTIONS} connections, signed in")
    print(f"{'':<24}{'page':>14}{'empty view':>18}{'':>8}")
    print(f"{'':<24}{'/s':>7}{'ms':>7}{'/s':>11}{'ms':>7}{'queries':>9}{'bytes':>8}{'gzip':>7}")
    ratios = {}
    names = {"sheet": "sheet with 50 comments", "list": "list, three filters on", "search": "search results"}
    for name, label in names.items():
        # Before and after: what else the machine does comes and goes.
        before = asked(Load("/empty/", ""), server, SECONDS / 4)
        rate, spent = asked(Load(facts[name], facts["session"]), server, SECONDS)
        after = asked(Load("/empty/", ""), server, SECONDS / 4)
        nothing, nothing_ms = ((one + other) / 2 for one, other in zip(before, after, strict=True))
        ratios[name] = (rate, nothing)
        seen = inside[name]
        print(
            f"{label:<24}{rate:>7.0f}{spent:>7.1f}{nothing:>11.0f}{nothing_ms:>7.2f}"
            f"{seen['queries']:>9}{seen['bytes']:>8}{seen['gzip']:>7}"
        )
    compared(*ratios["sheet"])
    print(
        f"sheet after a change: {inside['cold']:.1f} ms; picture of the catalogue: {inside['picture']:.0f} ms"
    )
    print(f"first view of the sheet, with styles, font and scripts: {inside['first_view']} bytes")
    print(f"  (limit {FIRST_VIEW_LIMIT})")


def compared(rate: float, nothing: float) -> None:
    """Print what the sheet's rate is beside the empty view, and beside what others would answer here."""
    print(f"sheet: {rate / nothing:.3f} of the empty view")
    for name, (theirs, wanted) in OTHERS.items():
        most, least = (theirs * nothing / empty for empty in EMPTY_THEN)
        middle = 2 * rate / (least + most)
        print(
            f"  {name} would answer {least:.0f} to {most:.0f} here: ours is {rate / most:.1f} to"
            f" {rate / least:.1f} times that, {middle:.1f} in the middle (wanted: {wanted})"
        )


if __name__ == "__main__":
    for wanted in [int(argument) for argument in sys.argv[1:]] or [100, 10_000]:
        measure(wanted)
