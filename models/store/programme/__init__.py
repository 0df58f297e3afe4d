"""Keep the improvement programme as it was stated over time; each statement stands beside the earlier ones."""
