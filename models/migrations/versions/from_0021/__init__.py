"""Hold the migrations 0021 to 0030."""
