"""Run the `daymark` command: one module for each command, loaded when it is called."""
