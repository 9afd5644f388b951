"""The production settings, but for the time that a pass phrase takes to be checked.

Everything else is what a visitor meets. A quarter of a second at each of two dozen sign-ins is the point of
hashing in production, and here only waiting.
"""

from agora.settings.production import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
