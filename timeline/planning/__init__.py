"""Plan: from rules and facts to dated occurrences and tasks, with the reason for each date."""
