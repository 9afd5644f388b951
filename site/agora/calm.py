"""How often a process looks for garbage: a server that has loaded everything, a command that ends soon.

A name of its own, beside wsgi.py and manage.py, which call it. Django, Wagtail and the lists of words are
350,000 objects that live as long as the process: a full garbage collection walks all of them, a quarter of
a second, in the middle of somebody's page. Frozen, they cost nothing; what pages leave behind is collected
as before.
"""

import gc

from django.urls import get_resolver

YOUNG = 10_000  # new objects before a look at the youngest; a page makes some tens of thousands (Python: 700)
SELDOM = (70_000, 20, 20)  # for what loads, migrates or imports: nearly all that it makes stays


def hurry() -> None:
    """Look for garbage seldom where a program loads or a command runs: up to a third of it was looking."""
    gc.set_threshold(*SELDOM)


def settle() -> None:
    """Load the pages that would be loaded at the first request, then freeze all that there is."""
    len(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
