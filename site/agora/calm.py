"""How often a process looks for garbage: a server that has loaded everything, a command that ends soon.

A name of its own, beside wsgi.py and manage.py, which call it. Django, Wagtail and the lists of words are
350,000 objects that live as long as the process: a full garbage collection walks all of them, a quarter of
a second, in the middle of somebody's page. Frozen, they cost nothing; what pages leave behind is collected
as before.
"""

import gc

from django.urls import get_resolver

YOUNG = 10_000  # new objects before a look at the youngest; a page makes some tens of thousands (Python: 700)


def settle() -> None:
    """Load the pages that would be loaded at the first request, then freeze all that there is."""
    len(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


def hurry() -> None:
    """Look for garbage a hundred times less often, in a process that makes much and ends soon.

    Migrating an empty database draws the models twenty thousand times; looking for garbage among them was a
    third of it.
    """
    gc.set_threshold(70_000, 20, 20)
