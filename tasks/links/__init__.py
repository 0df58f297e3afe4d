"""Open what stands behind a secure link: a task, a list, a draft, a calendar, the page of a board; take answers."""
