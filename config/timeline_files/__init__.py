"""Read a council's timeline and its rule pack, and build the timeline that decisions use."""
