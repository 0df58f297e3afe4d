"""Write calendars: the entries of occurrences and due dates, invitations by mail, and feeds to subscribe to."""
