"""Proves the record: the audit chain and the assurance."""
