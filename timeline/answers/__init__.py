"""Hold answers to tasks, the state in which they leave a task, and words that must not be stored."""
