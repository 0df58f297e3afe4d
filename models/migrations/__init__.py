"""Bring a database up to date at start, one numbered step after another.

A migration only adds: what the version before reads stays readable, and what it writes stays right, until the version
after, since its processes go on while the next are started beside them. A conversion is made later, by the workers.
"""
