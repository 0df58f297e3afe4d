"""Test the examinations of `daymark doctor`, each with a fault that was planted."""
