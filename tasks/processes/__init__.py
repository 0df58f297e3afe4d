"""Start and end the programs and listeners beside this process: Prefect's server, children, ports."""
