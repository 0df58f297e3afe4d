"""Applies a timeline, records and undoes changes, and imports people."""
