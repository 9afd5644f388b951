"""A door before a server: it can be shut, or opened slowly, while the server behind it goes on."""

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit


class Door:
    """A port that leads to another one."""

    def __init__(self, address: str) -> None:
        """`address`: elasticsearch://host:port of the server behind it."""
        self._behind = urlsplit(address)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.delay, self.is_shut = 0.0, False
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        """The address to give instead."""
        return f"{self._behind.scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def shut(self) -> None:
        """Cut all connections and let nobody through."""
        self.is_shut = True
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def open(self) -> None:
        """Let everybody through again, at once."""
        self.is_shut, self.delay = False, 0.0

    def close(self) -> None:
        """Take the door away."""
        self.shut()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                outside, _ = self._listener.accept()
            except OSError:
                return
            if self.is_shut:
                outside.close()
                continue
            inside = socket.create_connection((self._behind.hostname, self._behind.port))
            self._open += [outside, inside]
            threading.Thread(target=self._carry, args=(outside, inside, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(inside, outside, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, inwards: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if inwards and self.delay:
                    time.sleep(self.delay)
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
