"""Start everything, rehearse a timeline on paper, and replay it through the real flows."""
