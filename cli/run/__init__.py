"""Starts everything, rehearses a timeline on paper, and replays it through the real flows."""
