"""Finds, exports and erases what is held about a person, and keeps retention."""
