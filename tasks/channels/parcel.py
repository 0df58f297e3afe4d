"""What a channel that is not mail carries: words for one person, or for a room that several read."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False, kw_only=True)
class Parcel:
    """One message to one recipient. No repr: it holds addresses and links, which stay out of logs.

    `key` is stable for every attempt. `rich` is the channel's own form (the JSON of an Adaptive Card), else empty.
    """

    key: str
    to_name: str
    to_address: str
    to_phone: str = ""
    to_teams: str = ""
    subject: str
    text: str
    rich: str = ""
