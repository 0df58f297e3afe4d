"""Stand in for the council's mail server: keep every mail, show it, and take replies to it."""
