"""Keep the chain of audit events, the erasable texts beside it, and the legal hold."""
