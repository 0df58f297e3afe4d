"""Keeps a copy of everything that must not be lost, and brings it back."""
