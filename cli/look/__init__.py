"""Shows dates, tasks, notice routes, calendars and the Monday mail, and changes nothing."""
