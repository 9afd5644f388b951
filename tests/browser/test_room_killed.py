"""kill -9 while twelve people write in a room: what was acknowledged is there, whole, and so are drafts."""

import http.client
import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from cryptography.fernet import Fernet

from .conftest import address
from .server import copy_of, start

ENOUGH = 30  # texts acknowledged before the server dies
PATIENCE = 20  # seconds


@dataclass
class Writer:
    """One person who writes as fast as the server answers, until it does not."""

    host: str
    session: str
    crowd: dict
    name: str
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    draft: str = ""

    def run(self) -> None:
        """Leave a draft of an answer, then send one text after another."""
        with closing(http.client.HTTPConnection(self.host, timeout=PATIENCE)) as connection:
            self.connection = connection
            draft = f"Brouillon de {self.name} : " + "mot " * 60
            about = {"text": draft, "parent": self.crowd["text"], "sequence": "1"}
            if self._post("forum:draft", about) == 200:
                self.draft = draft
            try:
                for number in range(200):
                    self.sent.append(f"{self.name}, texte {number}. " + "mot " * 200 + "Fin.")
                    if self._post("forum:write", {"text": self.sent[-1], "sign": "name"}) == 302:
                        self.acknowledged.append(self.sent[-1])
            except (OSError, http.client.HTTPException):
                return  # the server died

    def _post(self, name: str, data: dict[str, str]) -> int:
        token = "t" * 32
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(data | {"step": "0", "csrfmiddlewaretoken": token})
        path = address(name, "fr", pk=self.crowd["room"])
        self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


def test_what_was_acknowledged_outlives_the_server(prepared_data, stage, tmp_path):
    site, process = start(copy_of(prepared_data, tmp_path / "var"))
    crowd, host = stage["crowd"], urlsplit(site.url).netloc
    writers = [
        Writer(host, stage["sessions"][email], crowd, f"Personne {number}")
        for number, email in enumerate(crowd["people"])
    ]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    try:
        for thread in threads:
            thread.start()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not all(writer.acknowledged for writer in writers):
            time.sleep(0.02)
        while time.monotonic() < until and sum(len(writer.acknowledged) for writer in writers) < ENOUGH:
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
    for thread in threads:
        thread.join(20)
    assert all(writer.acknowledged and writer.draft for writer in writers), "somebody never wrote"

    key = Fernet((site.var / "room.key").read_bytes().strip())
    with closing(sqlite3.connect(site.var / "agora.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        room = crowd["room"].replace("-", "")
        rows = database.execute("SELECT text FROM forum_contribution WHERE room_id = ?", [room])
        texts = [key.decrypt(text.encode()).decode() for (text,) in rows]
        drafts = {
            key.decrypt(text.encode()).decode()
            for (text,) in database.execute("SELECT text FROM forum_roomdraft WHERE text <> ''")
        }
    kept = set(texts)
    assert len(kept) == len(texts)  # nothing twice
    for writer in writers:
        assert set(writer.acknowledged) <= kept
        assert writer.draft.strip() in {draft.strip() for draft in drafts}
    sent = {text for writer in writers for text in writer.sent}
    told = key.decrypt(_first_text(site.var, crowd)).decode()
    assert kept - {told} <= sent  # nothing half-written


def _first_text(var, crowd: dict) -> bytes:
    with closing(sqlite3.connect(var / "agora.sqlite3")) as database:
        number = crowd["text"].replace("-", "")
        found = database.execute("SELECT text FROM forum_contribution WHERE id = ?", [number])
        return found.fetchone()[0].encode()
