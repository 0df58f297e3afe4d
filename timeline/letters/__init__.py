"""Build what people read: mails, cards, text messages and pages, as values that the templates print."""
