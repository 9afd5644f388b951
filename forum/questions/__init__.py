"""Questions to colleagues: ask, answer, say what helped, who is on duty."""
