"""Print values into mails, pages and calendar files."""
