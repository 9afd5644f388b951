"""What became of a practice elsewhere: declarations, adaptations and their family, the mirror of a CPAS."""
