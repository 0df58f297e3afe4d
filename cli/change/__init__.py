"""Change what a council states: check, preview, apply, record, move, undo, pause and the emergency stop."""
