"""Keep messages on their way: composed, claimed, delivered, with tokens, channels and the emergency stop."""
