"""Members among what is found. The room of people stands under search: what it changes is heard here."""
