"""The countdown to a committee that must agree a submission, and the notice routes still open for its meeting."""
