"""Hold everything that a timeline states: the council, its duties, facts, posts and people, pauses and retention."""
