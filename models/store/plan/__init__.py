"""Keep the occurrences and milestones that the rules gave, read by reference or by when they are due."""
