"""Change what is stored about a council: its timeline, facts, people and pauses. Show first what would change."""
