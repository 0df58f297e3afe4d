"""Write the director's Monday mail, and keep, show and release the drafts for the lead member."""
