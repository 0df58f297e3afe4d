"""Do what was decided: one side effect each, as plain functions that flows, pages and commands call."""
