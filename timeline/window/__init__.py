"""Put into words what administrators see in Prefect: a morning's table and each council's overview, by posts alone."""
