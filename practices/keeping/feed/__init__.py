"""The catalogue as an Atom feed, for readers of feeds: one for each set of filters."""
