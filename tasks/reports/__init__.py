"""Make reports: gather what was known on a day from the store, and fill the report with it."""
