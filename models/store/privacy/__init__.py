"""Find, export and erase what is held about a person, and keep retention."""
