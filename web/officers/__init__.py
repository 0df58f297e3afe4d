"""Serve pages behind a secure link: a task, "my tasks", a draft for the lead member, the page of a board."""
