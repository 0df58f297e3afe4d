"""Word what a server answered, as it may be quoted to people, with what to do about it."""

import re

_LONGEST = 200
# Bounded: without it a long answer of no spaces takes minutes, because each letter may begin an address.
_ADDRESS = re.compile(r'<?(?:"[^"]{0,64}"|[^\s<>"]{1,254})(?:@|%40)[^\s<>]+>?')
_URL = re.compile(r"[a-z]{2,20}://\S+", re.IGNORECASE)
_SETTINGS = "docs/exchange-online.md"
# What Exchange Online means by these codes, and the words of an officer of IT for it.
_ADVICE = {
    "5.7.30": f"It takes no passwords for SMTP any more: choose another way in DAYMARK_MAIL_URL ({_SETTINGS}).",
    "5.7.139": f"IT must allow SMTP AUTH for the mailbox ({_SETTINGS}).",
    "5.7.3": f"It refused the sign-in in DAYMARK_MAIL_URL: IT looks at what the app may do ({_SETTINGS}).",
    "5.7.60": "It may not send as the sender in DAYMARK_MAIL_FROM: set it to the mailbox that signs in.",
    "5.2.252": "It may not send as the sender in DAYMARK_MAIL_FROM: set it to the mailbox that signs in.",
}
# As long as a key, a signature or the path of a webhook.
_SECRET = re.compile(r"[A-Za-z0-9+/_=.~-]{24,}")
_A_SETTING = re.compile(r"\bDAYMARK_[A-Z_]{1,40}\b")
_ASK_IT = "Show the words to IT, with docs/it-request.md."
_REACH = "Check that the server is up and that this machine reaches it, and look at its setting (docs/settings.md)."


def quotable(words: str) -> str:
    """Give the words without addresses, URLs and what may be a secret, on a line, cut to 200 characters."""
    words = _SECRET.sub(_masked, _ADDRESS.sub("(address)", _URL.sub("(URL)", words)))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:_LONGEST]


def _masked(word: re.Match[str]) -> str:
    """Mask what may be a secret; the name of a setting is none, however long."""
    return word[0] if _A_SETTING.fullmatch(word[0]) else "(…)"


def quoted_with_advice(words: str) -> str:
    """Say in sentences what the server said and what to do; empty where it said nothing that was kept."""
    words = quotable(words)
    if not words:
        return ""
    if _A_SETTING.search(words):  # the words are ours, and say what to do
        return f"{words.rstrip('.')}."
    answered = re.match(r"[245]\d\d\b", words) is not None
    enhanced = re.match(r"[245]\d\d (\d\.\d{1,3}\.\d{1,3})\b", words)
    advice = _ADVICE.get(enhanced[1], _ASK_IT) if enhanced else _ASK_IT
    return f"The server said: “{words}”. {advice}" if answered else f"The last attempt ended so: “{words}”. {_REACH}"
