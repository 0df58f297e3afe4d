"""Give Prefect the flows that it runs, one file each; every flow gathers, decides and acts."""
