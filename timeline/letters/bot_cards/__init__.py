"""Word cards of our bot in Teams: buttons that answer, and the card that stands in their place afterwards."""
