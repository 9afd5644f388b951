"""The only other way into a room: two keys, a motive, a limit, and a room that sees all of it."""
