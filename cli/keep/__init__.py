"""Keep a copy of everything that must not be lost, bring it back, and hand a council over to its successors."""
