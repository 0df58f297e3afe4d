"""What a server answered, as it may be quoted to people, with what to do about it."""

import re

_LONGEST = 200
# Bounded: without it a long answer of no spaces takes minutes, because each letter may begin an address.
_ADDRESS = re.compile(r'<?(?:"[^"]{0,64}"|[^\s<>"]{1,254})(?:@|%40)[^\s<>]+>?')
_URL = re.compile(r"[a-z]{2,20}://\S+", re.IGNORECASE)
# As long as a key, a signature or the path of a webhook.
_SECRET = re.compile(r"[A-Za-z0-9+/_=.~-]{24,}")
_ASK_IT = "Show the words to IT, with docs/it-request.md."
_REACH = "Check that the server is up and that this machine reaches it, and look at its setting (docs/settings.md)."


def quotable(words: str) -> str:
    """Give the words without addresses, URLs and what may be a secret, on a line, cut to 200 characters."""
    words = _SECRET.sub("(…)", _ADDRESS.sub("(address)", _URL.sub("(URL)", words)))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:_LONGEST]


def quoted_with_advice(words: str) -> str:
    """Say in sentences what the server said and what to do; empty where it said nothing that was kept."""
    words = quotable(words)
    if not words:
        return ""
    answered = re.match(r"[245]\d\d\b", words) is not None
    return f"The server said: “{words}”. {_ASK_IT}" if answered else f"The last attempt ended so: “{words}”. {_REACH}"
