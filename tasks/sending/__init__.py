"""Makes messages of the prompts that wait, sends each once, and tells the programme lead who cannot be reached."""
