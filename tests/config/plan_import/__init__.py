"""Test how the action plan is read from a council's workbook."""
