"""Check that everything due was said, send what is missing, try the channels and tell the programme lead."""
