"""Finding one's way inside one's own rooms. The index of the site never hears of a room."""
