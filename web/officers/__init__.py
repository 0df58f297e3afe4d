"""Serve pages behind a secure link: a task, "my tasks" and a draft for the lead member."""
