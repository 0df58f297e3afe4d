"""Decide what the director reads on Monday, and which drafts are made for the lead member."""
