"""Test the decisions of `daymark doctor`."""
