"""Second readings: « pourrait-on reconnaître cette personne dans le quartier ? », asked of one colleague."""
