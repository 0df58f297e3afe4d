"""Read reports of mail systems about our own messages: what became of one, to whom, and in which words."""
