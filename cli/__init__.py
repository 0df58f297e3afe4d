"""Run the `daymark` command: a module for each command, loaded when it is called."""
