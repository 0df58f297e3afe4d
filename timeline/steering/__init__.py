"""Choose and word what the programme team reads: the list of tasks, a task, the people, and what needs somebody."""
