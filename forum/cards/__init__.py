"""The hidden role cards of a comité à blanc."""
