"""Read people and posts from a CSV or YAML file."""
