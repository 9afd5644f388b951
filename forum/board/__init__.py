"""The board: what brings the group together, what divides it, in words that both sides accept."""
