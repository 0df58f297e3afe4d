"""Speak with Microsoft's connector, for the bot in Teams: believe its tokens, and post cards to its chats."""


class KeysAway(Exception):
    """Report that Microsoft's signing keys cannot be fetched, so nothing can be said about a token."""
