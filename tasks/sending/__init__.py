"""Make messages of the prompts that wait, send each once, and tell the programme lead who cannot be reached."""
