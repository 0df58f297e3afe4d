"""Serve pages behind the administrators' door: start, assurance, review and the caught mail."""
