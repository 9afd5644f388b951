"""« Utile »: a reader says that a sheet served, with an optional word to whoever keeps it."""
