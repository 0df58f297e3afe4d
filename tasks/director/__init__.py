"""Writes the director's Monday mail, and keeps, shows and releases the drafts for the lead member."""
