"""Situations of the job: a door into search for whoever has a case and no word for it."""
