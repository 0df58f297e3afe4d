"""Read the action plan from the workbook in which a council keeps it."""
