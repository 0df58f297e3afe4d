"""Read and check everything that a council changes without touching code."""
