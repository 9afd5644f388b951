"""Saved filters: a question to the catalogue, kept under a name, that says what is new."""
