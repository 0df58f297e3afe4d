"""Keep the directory in force, and the people and posts that were imported."""
