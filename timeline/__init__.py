"""Describe the heart: it decides from facts and an instant, and imports nothing that acts."""
