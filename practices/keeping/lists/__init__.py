"""Reading lists: sheets that somebody gathers, for oneself, for colleagues, for all members."""
