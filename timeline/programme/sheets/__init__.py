"""Lay records out as tables for a spreadsheet, and take the action plan in from a sheet."""
