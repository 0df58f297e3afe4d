"""Keep a copy of everything that must not be lost, and bring it back."""
