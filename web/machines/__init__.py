"""Serve addresses that other machines call: Teams, calendar feeds and receipts of GOV.UK Notify."""
