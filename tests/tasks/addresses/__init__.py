"""Test what asks addresses on other machines."""
