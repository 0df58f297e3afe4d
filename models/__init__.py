"""Keep the memory: the tables, the store with every SQL statement, and the migrations."""
