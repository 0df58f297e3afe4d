"""Read reports of mail systems about our own messages: what became of a mail, to whom, and in which words."""
