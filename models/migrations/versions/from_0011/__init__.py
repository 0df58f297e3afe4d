"""Hold the migrations 0011 to 0020."""
