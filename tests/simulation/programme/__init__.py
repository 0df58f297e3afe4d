"""Live the improvement programme of a seed: people add to its records, and every report is counted a second time."""
