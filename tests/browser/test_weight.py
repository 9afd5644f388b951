"""A first visit weighs at most 100 kB on the wire: the page, its style, its script, its letters."""

import pytest

from .test_pages import LANGUAGES, VISITS, Here

MOST_BYTES = 100_000
WEIGHED = [
    visit
    for visit in VISITS
    if visit.name in ("home-member", "home-visitor", "catalogue", "sheet", "search", "write-1")
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("visit", WEIGHED, ids=lambda visit: visit.name)
def test_first_view(visit, language: str, stage, open_page, record_property):
    here = Here(stage, language)
    page = open_page(None, language=language, as_=here.who(visit.as_), reads=True)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    addresses, weights = {}, {}
    network.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    network.on("Network.loadingFinished", lambda e: weights.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(visit.where(here), wait_until="networkidle")
    network.detach()  # with it goes the order to keep nothing: the window is another test's next
    parts = sorted(((size, addresses[one]) for one, size in weights.items()), reverse=True)
    total = sum(size for size, _ in parts)
    record_property("bytes", total)
    listed = "\n".join(f"{size:>8} {url}" for size, url in parts)
    print(f"{visit.name} {language}: {total} bytes\n{listed}")
    assert len(parts) >= 5  # the page, three styles, a font: the measure itself works
    assert total <= MOST_BYTES, f"{total} bytes:\n{listed}"
