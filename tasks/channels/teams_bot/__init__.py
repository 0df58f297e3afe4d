"""Speaks with Microsoft's connector, for the bot in Teams: believes its tokens, and posts cards to its chats."""


class KeysAway(Exception):
    """Microsoft's signing keys cannot be fetched, so nothing can be said about a token."""
