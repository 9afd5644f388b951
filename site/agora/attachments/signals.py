"""What the rooms above may want to hear."""

from django.dispatch import Signal

# A file was withdrawn for good; sent inside the transaction, with `attachment`.
withdrawn = Signal()
