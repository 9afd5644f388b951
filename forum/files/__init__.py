"""Files that members add to their texts in a room: cleaned, named neutrally, sealed, read with the text."""
