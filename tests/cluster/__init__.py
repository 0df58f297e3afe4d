"""Test the whole set of several machines: its files, and its parts as processes that are killed in turn."""
