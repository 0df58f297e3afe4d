"""Show in the Prefect UI what administrators should see: steps as tasks, and tables as artifacts."""
