"""Hand mail over to a mail server by SMTP."""
