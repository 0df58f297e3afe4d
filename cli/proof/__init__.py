"""Prove the record: the audit chain and the assurance."""
