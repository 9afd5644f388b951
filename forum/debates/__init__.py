"""Living controversies: positions, arguments, and the wording of a disagreement."""
