"""Sheets that are asked for: what somebody looked for and no text tells yet."""
