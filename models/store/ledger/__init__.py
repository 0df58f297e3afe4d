"""Keep the prompts: written once, read back as history, and marked when they are outdated."""
