"""What the rooms above may want to hear."""

from django.dispatch import Signal

# A file was withdrawn for good; sent inside the transaction, with `attachment`.
withdrawn = Signal()
# The words of a file that is here already were read (again); sent inside the transaction, with `attachment`.
was_read = Signal()
