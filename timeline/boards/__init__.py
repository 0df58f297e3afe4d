"""Decide what a board reads behind its link, and when the link has closed."""
