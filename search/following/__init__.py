"""Searches that people follow: what is new since their last look, a letter at their pace, a feed."""
