"""Bring a database up to date at start, one numbered step after another."""
