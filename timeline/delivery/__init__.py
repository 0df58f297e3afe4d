"""Decide which prompts make one message, by which channel it leaves, and which no longer hold."""
