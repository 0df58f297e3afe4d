"""Tell how people answer a letter: late, never, twice, from another's address, or a machine in their place."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.simulation.account import Letter
from tests.simulation.days import london
from tests.simulation.promises import CORRECTIONS
from tests.simulation.town import chance

LINK = re.compile(r"/r/([a-z2-7]{16})\b")
_WAYS = {
    "ack-page": 20,
    "ack-mail": 9,
    "done-page": 16,
    "done-mail": 5,
    "done-without-evidence": 3,
    "help-page": 4,
    "help-mail": 2,
    "declined": 3,
    "delegated": 4,
    "automatic-reply": 4,
    "colleague-replies": 4,
    "forged": 3,
    "nonsense": 2,
    "nothing": 30,
}
_OF_SECOND_PERSONS = {"confirmed": 50, "returned": 15, "scanner": 5, "nothing": 30}
_ANSWERED = ("reminder", "escalation", "help", "correction")
_OF_MANAGERS = ("done-page", "colleague-replies", "forged", "automatic-reply", "delegated")
_LATE = (
    *(timedelta(minutes=20), timedelta(hours=2), timedelta(hours=9, minutes=45), timedelta(hours=23, minutes=20)),
    *(timedelta(days=3), timedelta(days=9), timedelta(days=24)),
)


@dataclass(frozen=True)
class Reaction:
    """Tell what somebody does about one task of a letter; `id` stays when other things are taken away."""

    id: str
    at: datetime
    how: str
    letter: Letter
    number: int


def reactions(seed: int, letter: Letter) -> Iterator[Reaction]:
    """Tell what the reader of a letter does about each of its tasks."""
    if letter.kind not in _ANSWERED or letter.arrives_at is None:
        return
    for number, ref in enumerate(letter.refs, start=1):
        id_ = f"{letter.person}/{ref}/{letter.on}/{letter.kind}"
        luck = chance(seed, id_)
        if luck.random() < 0.15:
            yield Reaction(f"{id_}/scanner", letter.arrives_at + timedelta(minutes=1), "scanner", letter, number)
        ways = _OF_SECOND_PERSONS if _confirms(letter, ref) else _WAYS
        how = luck.choices(list(ways), weights=list(ways.values()), k=1)[0]
        at = _by_day(letter.arrives_at + luck.choice(_LATE) + timedelta(seconds=luck.randrange(600)))
        possible = ways is _OF_SECOND_PERSONS or how in _possible(letter)
        if possible and how != "nothing":
            yield Reaction(id_, at, how, letter, number)
        if possible and how != "nothing" and luck.random() < 0.12:
            yield Reaction(f"{id_}/again", at + timedelta(minutes=7), how, letter, number)


def _confirms(letter: Letter, ref: str) -> bool:
    """Tell whether it asks a second person to confirm what is done."""
    return any((told.ref, told.rung) == (ref, "confirm") for told in letter.told)


def _possible(letter: Letter) -> Collection[str]:
    """Keep to what is possible: managers seldom answer for the owner, and nobody replies to a text message."""
    if letter.channel != "mail":
        return ("ack-page", "done-page")
    told = any(each.kind == "escalation" for each in letter.told) or all(
        each.rung in CORRECTIONS for each in letter.told
    )
    return _OF_MANAGERS if told else [each for each in _WAYS if each != "nothing"]


def _by_day(at: datetime) -> datetime:
    """Wait for the day: nobody presses a button in the night."""
    return at if 6 <= london(at).hour < 22 else at + timedelta(hours=9)


def tokens(letter: Letter) -> list[str]:
    """Give the tokens of the links in a letter's text, in order."""
    return LINK.findall(letter.text)
