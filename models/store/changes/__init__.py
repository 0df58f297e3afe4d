"""Apply a timeline, record and undo changes, and import people."""
