"""How long a room keeps what was told in it: the purge, and moving old seals to a new key."""
