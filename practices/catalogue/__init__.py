"""The list of sheets, piece by piece: what is asked, what is found, its facets, its rows, its map.

Files are named after the places of the page, like practices.sheet, because each is one thing to draw.
"""
