"""Proposals: changes that wait for somebody who answers for the sheet, and their answers."""
