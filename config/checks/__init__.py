"""Check that well-formed files also make sense, and report every fault at once."""
