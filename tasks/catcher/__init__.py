"""Stands in for the council's mail server: keeps every mail, shows it, and takes replies to it."""
