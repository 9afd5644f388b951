"""Three Elasticsearch nodes that hold everything twice, one of them killed with -9 in the middle of the work.

`script/test cluster`, or by hand: eval "$(script/search_servers cluster start)", then pytest -m cluster.
"""

import io
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from search import generations, outbox
from search.contract import SearchUnavailable
from search.engines import engine, engine_at, reader, seats
from search.models import PendingChange
from tests.search.factories import ask

pytestmark = [pytest.mark.cluster, pytest.mark.django_db]

SCRIPT = Path(__file__).resolve().parents[2] / "script" / "search_servers"
NOTES, BATCHES, KILLED_AT = 1500, 30, 8
PATIENCE = 90  # seconds for a cluster to mend


@pytest.fixture
def cluster(settings, own_index, tmp_path, request):
    """The cluster, with an embedded index kept warm beside it."""
    address = os.environ.get("SEARCH_TEST_CLUSTER")
    if not address:
        pytest.skip("no cluster (SEARCH_TEST_CLUSTER)")
    settings.SEARCH_URL = f"{address}/agora-test-cluster?replicas=1"
    settings.SEARCH_FALLBACK = f"tantivy://{tmp_path / 'warm'}"
    index = engine_at(settings.SEARCH_URL)
    index.erase()
    request.addfinalizer(index.erase)
    return index


def wait_until(status: str) -> None:
    """Wait until every index of the cluster is held as often as it should."""
    client = engine()._connect(PATIENCE)
    told = client.cluster.health(wait_for_status=status, timeout=f"{PATIENCE}s")
    assert not told["timed_out"], told


def node_of_the_primary() -> int:
    """Return the number of the node that takes the writings."""
    index = engine()
    shards = index._connect(5).cat.shards(index=index._index(index.serving()), format="json")
    return next(int(shard["node"][-1]) for shard in shards if shard["prirep"] == "p")


class Searching(threading.Thread):
    """Somebody who searches without a pause, and what she saw."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopped, self.seen, self.from_fallback, self.wrong = threading.Event(), 0, 0, []
        self.longest, self.asked, self.refused = 0.0, 0, 0
        self._cluster = engine()
        self._reader = reader()  # the settings of a test belong to its thread

    def run(self) -> None:
        """Search until stopped; never fewer hits than there were at the start."""
        while not self.stopped.is_set():
            begun = time.monotonic()
            try:
                page = self._reader.search(ask("accueil"))
            except Exception as error:
                self.wrong.append(error)
                continue
            self.longest = max(self.longest, time.monotonic() - begun)
            self._ask_the_cluster_alone()
            self.seen += 1
            self.from_fallback += page.is_from_fallback
            if page.total < NOTES:
                self.wrong.append(page.total)

    def _ask_the_cluster_alone(self) -> None:
        """The page would have its fallback; how often does the cluster itself not answer?"""
        self.asked += 1
        try:
            self._cluster.search(ask("accueil"))
        except SearchUnavailable:
            self.refused += 1


def test_a_node_killed_at_work_loses_nothing_and_stops_nobody(shelf, cluster):
    for number in range(1, NOTES + 1):
        shelf.put(number, f"Accueil numéro {number}")
    for seat in seats():
        assert generations.rebuild(seat).promoted
    wait_until("green")
    searching = Searching()
    searching.start()
    killed, begun, waited = 0, time.monotonic(), 0.0
    try:
        for batch in range(BATCHES):
            if batch == KILLED_AT:
                killed = node_of_the_primary()
                subprocess.run([SCRIPT, "cluster", "kill", str(killed)], check=True, timeout=30)
            uids = []
            for number in range(50):
                pk = NOTES + batch * 50 + number + 1
                shelf.put(pk, f"Accueil tardif {pk}")
                uids.append(f"note:{pk}")
            outbox.enqueue(*uids)
            drained = time.monotonic()
            outbox.drain()
            waited = max(waited, time.monotonic() - drained)
        deadline = time.monotonic() + PATIENCE
        while PendingChange.objects.exists() and time.monotonic() < deadline:
            outbox.drain()
            time.sleep(0.5)
    finally:
        searching.stopped.set()
        searching.join()
    took = time.monotonic() - begun
    assert not PendingChange.objects.exists()
    assert searching.wrong == []
    assert searching.seen > BATCHES
    call_command("search_check", stdout=io.StringIO())
    everything = NOTES + BATCHES * 50
    assert cluster.search(ask("accueil")).total == everything
    print(
        f"\nnode {killed} killed; {everything - NOTES} changes in {took:.1f} s "
        f"(longest drain {waited:.1f} s); {searching.seen} searches, none failed, "
        f"longest {searching.longest:.2f} s, {searching.from_fallback} from the fallback; "
        f"without it, the cluster failed {searching.refused} of {searching.asked}"
    )
    subprocess.run([SCRIPT, "cluster", "restart", str(killed)], check=True, timeout=180)
    wait_until("green")
    call_command("search_check", stdout=io.StringIO())
    with pytest.raises(SearchUnavailable):
        cluster.drop(cluster.serving())
