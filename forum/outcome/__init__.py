"""What a room leads to: perspectives that somebody carries, a synthesis that all sign, perhaps a sheet."""
