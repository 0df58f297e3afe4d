"""Checks that everything due was said, sends what is missing, tries the channels and tells the programme lead."""
