"""Write the sections of reports, each once, so that two reports tell the same thing in the same words."""
