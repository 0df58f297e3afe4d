"""Show dates, tasks, notice routes, calendars and the Monday mail, and change nothing."""
