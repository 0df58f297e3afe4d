"""Live two simulated years of a council out of one seed, and the promises of the design checked after every step."""
