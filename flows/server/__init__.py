"""Keep the Prefect server as it should be: deployments, stuck runs, and the watch over silence."""
