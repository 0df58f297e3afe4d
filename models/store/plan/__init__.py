"""Keep the occurrences and milestones that the rules gave, found by reference or by when they are due."""
