"""Decide whether a part of the installation is well, and which remedy helps when it is not."""
