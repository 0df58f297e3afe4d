"""Checks that everything due was said: reckons, sends what is missing, tries the channels, and tells the programme
lead.
"""
