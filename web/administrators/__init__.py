"""Serve the pages of the programme team behind the administrators' door, and the caught mail."""
