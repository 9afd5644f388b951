"""How Wagtail's own pages are served: open to all when the page type says so, to members otherwise."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

from agora.people.access import public

# Wagtail's other front-end routes (a login form and a shared-password form) stay closed: people sign in
# at one door, and pages have no shared passwords.
urlpatterns = [re_path(serve_pattern, public(serve), name="wagtail_serve")]
