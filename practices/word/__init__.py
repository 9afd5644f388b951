"""A sheet begun from a Word document: what it says goes where the form asks for it, the rest is told."""
