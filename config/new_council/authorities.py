"""Know the authorities of England with children's services: their kinds, other names, and those that ended."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from config.timeline_files.faults import Fault, error, note, warning
from config.timeline_files.plain_yaml import read
from timeline.calendar.wording import long_date

_FILE = Path(__file__).parent / "authorities.yaml"
# The words around a name: "Nottingham City Council" and "Nottinghamshire County Council" differ without them.
_AROUND = {
    "council",
    "county",
    "city",
    "borough",
    "metropolitan",
    "district",
    "royal",
    "london",
    "unitary",
    "authority",
}
_AROUND |= {"corporation", "of", "the", "mbc", "and"}
_ALIKE = 0.8
_MOST = 3
_COMMAND, _OPTION = "daymark new", "--name"
INSIST = "If it is right all the same, say --any-name."


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Hold an authority by its short name, such as "Medway", with its `kind` ("unitary authority").

    One that ended, or will, has a day of `vesting` and the names of those that follow. `country` is where it is, if not
    in England. `number` is that of the Department for Education, `code` that of the Office for National Statistics.
    """

    name: str
    kind: str = ""
    number: str = ""
    code: str = ""
    vesting_on: date | None = None
    followed_by: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Authorities:
    """Hold all authorities by their plain names, those to come and those elsewhere too."""

    by_name: Mapping[str, Authority] = field(default_factory=dict)

    def find(self, name: str) -> Authority | None:
        return self.by_name.get(plain(name))

    def begins(self, name: str) -> date | None:
        """Give the day on which the authority of that short name followed others; None for any that was there."""
        ends = (each for each in self.by_name.values() if name in each.followed_by)
        return next((each.vesting_on for each in ends), None)

    def alike(self, name: str) -> tuple[Authority, ...]:
        """Give the authorities in England whose names are spelt much like that name, or hold all its words."""
        here = [key for key, each in self.by_name.items() if not each.country]
        words = set(plain(name).split())
        similar = get_close_matches(plain(name), here, n=1, cutoff=_ALIKE)
        longer = [key for key in here if words and words <= set(key.split())]
        return tuple(dict.fromkeys(self.by_name[key] for key in (*similar, *longer)))[:_MOST]


def plain(name: str) -> str:
    """Reduce a name to what tells authorities apart: "London Borough of Barnet" is "barnet"."""
    words = re.findall(r"[a-z]+", name.casefold().replace("'", "").replace("’", ""))
    return " ".join([word for word in words if word not in _AROUND] or words)


@cache
def authorities() -> Authorities:
    raw = read(_FILE)
    listed = [*_today(raw), *_gone(raw["ended"]), *_elsewhere(raw["elsewhere"])]
    by_name = {plain(each.name): each for each in listed}
    for name, others in raw["called"].items():
        by_name |= {plain(other): by_name[plain(name)] for other in others}
    return Authorities(by_name=by_name)


def of_today() -> tuple[Authority, ...]:
    """Give the 153 authorities of England with children's services."""
    unique = dict.fromkeys(authorities().by_name.values())
    return tuple(each for each in unique if each.kind and each.kind != TO_COME)


TO_COME = "unitary authority to come"


def _today(raw: Mapping[str, Any]) -> Iterator[Authority]:
    ending = {each.name: each for each in _gone(raw["ending"])}
    for kind, codes in raw["today"].items():
        for name, both in codes.items():
            number, code = both.split()
            yield replace(ending.get(name, Authority(name=name)), kind=kind, number=number, code=code)
    for end in ending.values():
        yield from (Authority(name=name, kind=TO_COME) for name in end.followed_by)


def _gone(raw: Mapping[str, Any]) -> Iterator[Authority]:
    for name, said in raw.items():
        number, _, code = said.get("code", "").partition(" ")
        ends = Authority(name=name, vesting_on=date.fromisoformat(said["on"]), number=number, code=code)
        yield replace(ends, followed_by=tuple(said["followed_by"]))


def _elsewhere(raw: Mapping[str, Any]) -> Iterator[Authority]:
    for country, rows in raw.items():
        yield from (Authority(name=name, country=country) for name in _names(rows))


def _names(rows: list[list[str]]) -> Iterator[str]:
    return (name for row in rows for name in row)


def faults(name: str, published_on: date) -> Iterator[Fault]:
    """Refuse a council that is elsewhere, has ended, or is a slip of another's name; note a name that is none."""
    known = authorities().find(name)
    if known is None:
        yield from _unknown(name)
    elif known.country:
        text = f"{known.name} is in {known.country}; Ofsted inspects children's services in England alone."
        yield error(_COMMAND, _OPTION, f"{text} {INSIST}")
    elif known.vesting_on:
        yield from _with_an_end(known, known.vesting_on, published_on)
    elif begins_on := authorities().begins(known.name):
        yield from _before_it_began(known, begins_on, published_on)


def _with_an_end(known: Authority, vesting_on: date, published_on: date) -> Iterator[Fault]:
    followers = " and ".join(known.followed_by)
    follow = "follows" if len(known.followed_by) == 1 else "follow"
    text = f"{known.name} ends where {followers} {follow} on {long_date(vesting_on)}"
    if published_on >= vesting_on:
        yield error(_COMMAND, _OPTION, f"{text}, before this report; expected a council that followed. {INSIST}")
    else:
        yield warning(_COMMAND, _OPTION, f"{text}: its duties go over to what follows.")


def _before_it_began(known: Authority, begins_on: date, published_on: date) -> Iterator[Fault]:
    """Warn of a report from before the authority was there: it was about a council from which it takes over."""
    if published_on < begins_on:
        text = f"{known.name} begins on {long_date(begins_on)}: a report published before is about a council that ended"
        yield warning(_COMMAND, _OPTION, f"{text}, whose timeline it takes over.")


def _unknown(name: str) -> Iterator[Fault]:
    alike = authorities().alike(name)
    text = f"“{name}” is none of the {len(of_today())} councils with children's services."
    if alike:
        meant = " or ".join(f"“{each.name}”" for each in alike)
        yield error(_COMMAND, _OPTION, f"{text} Did you mean {meant}? {INSIST}")
    elif "anytown" not in name.casefold():
        yield note(_COMMAND, _OPTION, text)
