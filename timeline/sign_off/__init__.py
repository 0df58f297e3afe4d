"""Work out the countdown to a committee that must agree, and the notice routes still open for its meeting."""
