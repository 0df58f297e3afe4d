"""Changes what is stored about a council: its timeline, facts, people and pauses. Shows first what would change."""
