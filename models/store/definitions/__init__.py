"""Keep the statements of a timeline as stored: duties, facts, pauses and the timeline in force."""
