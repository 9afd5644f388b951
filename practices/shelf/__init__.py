"""The shelf life of a sheet: who keeps it, when it is read again, how it goes and comes back."""
