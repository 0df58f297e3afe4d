"""Read and write one council's memory at one instant: what a decision sees, what it decided, and each answer."""
