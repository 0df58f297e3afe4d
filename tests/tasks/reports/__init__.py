"""Test making reports from the store."""
