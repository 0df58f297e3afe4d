"""Read the channels that the settings name: each an Apprise URL under the council's own name for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

MAIL = "mail"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,29}")
_WORD = re.compile(r"(?P<name>[^=.\s]+)(?:\.(?P<option>[a-z]+))?=(?P<value>\S+)")
FORM = "words such as “teams=daymarkteams://…”, “teams.rate=60” and “teams.readers=several”, with spaces between"


class Form(StrEnum):
    """Name the form of a message on a channel."""

    MAIL = "mail"  # HTML and text, headers, an invitation
    CARD = "card"  # an Adaptive Card
    BOT = "bot"  # an Adaptive Card whose buttons answer
    TEXT = "text"  # the whole text
    SHORT = "short"  # a line or two, and the link


CARDS = (Form.CARD, Form.BOT)
"""The forms that carry no plain text."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """Hold a channel. `url` may hold a secret; without `rate_per_minute` there is no limit.

    `several`: others than the recipient may read it, so it gets neutral dates only.
    """

    name: str
    url: str = field(repr=False)
    form: Form
    rate_per_minute: int | None = None
    several: bool = False


def channels(text: str, mail_url: str) -> dict[str, Channel]:
    """Read the channels by name, "mail" always among them. Raises ValueError with a sentence, without any URL."""
    urls, options = {MAIL: mail_url}, dict[str, dict[str, str]]()
    for word in text.split():
        matched = _WORD.fullmatch(word)
        if matched is None or not _NAME.fullmatch(matched["name"]):
            raise ValueError(f"a word of it cannot be read: expected {FORM}")
        name, value = matched["name"], matched["value"]
        if matched["option"]:
            options.setdefault(name, {})[matched["option"]] = value
        elif name in urls:
            what = "is DAYMARK_MAIL_URL" if name == MAIL else "stands twice"
            raise ValueError(f"the channel “{name}” {what}: expected each name once, and another than “mail”")
        else:
            urls[name] = _checked(name, value)
    for name in options.keys() - urls.keys():
        raise ValueError(f"there is no channel “{name}” to set something for: expected one that has a URL")
    return {name: _channel(name, url, options.get(name, {})) for name, url in urls.items()}


def signs_in_by_oauth(url: str) -> bool:
    """Tell whether mail leaves by this URL with a token of an app registration."""
    parts = urlsplit(url)
    return parts.scheme == "daymarkgraph" or "auth=xoauth2" in parts.query.split("&")


def _checked(name: str, url: str) -> str:
    scheme = urlsplit(url).scheme
    if scheme in ("mailto", "mailtos"):
        raise ValueError(
            f"the channel “{name}” is Apprise's own {scheme}://, which sends mail for an address with an apostrophe "
            "to somebody else and reports success: expected DAYMARK_MAIL_URL for mail"
        )
    if not scheme:
        raise ValueError(f"the channel “{name}” has no Apprise URL: expected {FORM}")
    return url


def _channel(name: str, url: str, options: dict[str, str]) -> Channel:
    rate, readers = options.pop("rate", ""), options.pop("readers", "one")
    wrong = bool(options) or (rate and not re.fullmatch(r"[1-9]\d{0,4}", rate)) or readers not in ("one", "several")
    if wrong or (name == MAIL and readers != "one"):
        raise ValueError(f"an option of the channel “{name}” cannot be used: expected {FORM}")
    return Channel(
        name=name,
        url=url,
        form=_form(url),
        rate_per_minute=int(rate) if rate else None,
        several=readers == "several" or _is_room(url),
    )


def _is_room(url: str) -> bool:
    """Tell whether our bot posts to a channel of a team, which is never a single person's."""
    parts = urlsplit(url)
    return (parts.scheme, parts.hostname) == ("daymarkteamsbot", "channel")


_CARDS = {"daymarkteams": Form.CARD, "daymarkteamsbot": Form.BOT}


def _form(url: str) -> Form:
    parts = urlsplit(url)
    if parts.scheme in ("daymarkmail", "daymarkmails", "daymarkgraph"):
        return Form.MAIL
    if parts.scheme in _CARDS:
        return _CARDS[parts.scheme]
    return Form.TEXT if (parts.scheme, parts.hostname) == ("govuknotify", "email") else Form.SHORT


def chats(ways: Iterable[Channel]) -> list[str]:
    """Name the channels by which a bot writes to a person alone, whose cards can be edited."""
    return [way.name for way in ways if way.form is Form.BOT and not way.several]
