"""Read replies by e-mail and Teams: bytes in, a reading out. Guess nothing; no incoming mail can raise."""
