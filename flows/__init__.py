"""The flows that Prefect runs, one file each; every flow gathers, decides and acts."""
