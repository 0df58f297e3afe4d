"""Say when a council ends, who has its duties then, and close its tasks."""
