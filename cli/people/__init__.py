"""Import and list people, and export or erase what is held about them."""
