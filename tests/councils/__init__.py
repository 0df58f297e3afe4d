"""Live a year of councils that nobody has met: of every kind, published on every day."""
