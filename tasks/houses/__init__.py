"""Keep several councils in a house: who may see which of them, and how all of them stand, for who may see all."""
