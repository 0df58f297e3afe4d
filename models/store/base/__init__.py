"""Keep the engine, the transactions, locks, JSON values and the hash chain under everything else."""
