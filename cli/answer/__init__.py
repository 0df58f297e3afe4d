"""Answer on behalf of somebody, release drafts for the lead member, and say what a reply would be taken for."""
