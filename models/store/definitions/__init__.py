"""What a timeline states, as it is stored: duties, facts, pauses and the timeline in force."""
