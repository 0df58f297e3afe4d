"""Lays out a council's timeline as a picture, and gives the same values as a table."""
