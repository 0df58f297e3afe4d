"""Answers on behalf of somebody, drafts for the lead member, and what a reply would be taken for."""
