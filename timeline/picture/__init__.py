"""Lay out a council's timeline as a picture, and give the same values as a table."""
