"""Serve the pages: officers' links, the administrators' pages, and addresses that machines call."""
