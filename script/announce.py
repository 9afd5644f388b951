"""Wait until the server answers, then say where it is and who can sign in.

`python script/announce.py DOOR PID ADDRESS ACCOUNTS`: the door to knock at on this machine
(http://127.0.0.1:8000), the server's process (so as not to wait for a dead one), the address to tell people,
the file with the demo accounts.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 60  # seconds


def knock(url: str, host: str) -> int | None:
    """Return the status of the site's home page when it is called by its name, `host`; None for no answer."""
    request = urllib.request.Request(url, headers={"Host": host})
    # Straight to this machine: a proxy of the environment has no business here.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=20) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except (urllib.error.URLError, OSError):
        return None


def alive(pid: int) -> bool:
    """Tell whether the server's process still runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def announce(address: str, accounts: str) -> None:
    """Print the addresses, then the demo accounts (ready-made lines, empty when there are none)."""
    print(f"\nAgora answers at {address}")
    print(f"  in French {address}/fr/   in Dutch {address}/nl/   for editors {address}/admin/")
    print(f"\n{accounts}" if accounts else "")
    print("Ctrl-C stops it; script/server starts it again with the same data.", flush=True)


def main() -> None:
    """Wait, then announce; stay silent when the server has died (it has said why)."""
    door, pid, address, accounts = sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    deadline = time.monotonic() + PATIENCE
    while alive(pid) and time.monotonic() < deadline:
        status = knock(f"{door}/fr/", urlsplit(address).netloc)
        if status == 200:
            announce(address, accounts.read_text("utf-8") if accounts.exists() else "")
            return
        if status is not None:
            print(f"The server runs, but its home page answers {status}; see above why.", file=sys.stderr)
            return
        time.sleep(0.2)
    if alive(pid):
        print(f"The server has not answered at {door} for {PATIENCE} s.", file=sys.stderr)


if __name__ == "__main__":
    main()
