"""Word the parts of a mail that asks: its subject, what came before, how to answer, and what was recorded."""
