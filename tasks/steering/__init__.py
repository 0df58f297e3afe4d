"""Read what the programme team sees on its pages and in its commands: tasks, explanations and people."""
