"""Open what stands behind a secure link (a task, a list, a draft, a calendar feed) and take answers given there."""
