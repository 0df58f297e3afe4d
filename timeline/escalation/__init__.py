"""Decide which reminder or escalation is due, to whom, and why a step is held."""
