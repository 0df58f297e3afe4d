"""Show a change before it is made, with who is told, and make it once somebody has confirmed just that."""
