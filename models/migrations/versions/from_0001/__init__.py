"""Hold the migrations 0001 to 0010."""
