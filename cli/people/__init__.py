"""Imports and lists people, and exports or erases what is held about them."""
