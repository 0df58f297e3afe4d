"""Keep answers, incoming mail and the drafts for the lead member."""
