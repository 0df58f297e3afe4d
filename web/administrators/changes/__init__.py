"""Change something on a page: shown first, and made once it is confirmed."""
