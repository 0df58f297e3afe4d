"""Fill reports from the records as known on a day, as values: headings, paragraphs, points, tables and what is missing.

Word and PDF print the same values.
"""
