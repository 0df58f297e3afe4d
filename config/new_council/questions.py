"""Ask for the few facts that a new council gives, and the faults in them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

from config.new_council import authorities
from config.timeline_files.faults import Fault, error, warning
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.wording import count, long_date

FIRST_ON = date(2013, 1, 1)
LONGEST_NAME = 120
_LONGEST_KEY = 63
_YEAR = timedelta(days=366)
_COMMAND = "daymark new"


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Hold the facts of a council's case; only the name and the day of publication are needed.

    `any_name` takes the name as it is, though it may be that of no council.
    `practices` are those that it has of the catalogue.
    """

    name: str
    published_on: date
    received_on: date | None = None
    directed_on: date | None = None
    commissioner_on: date | None = None
    inspected_on: date | None = None
    inspected_until: date | None = None
    any_name: bool = False
    practices: tuple[str, ...] = ()


def newcomer_name(text: str) -> str:
    """Normalise a name: composed accents, and plain spaces for the spaces of a web page."""
    return unicodedata.normalize("NFC", text).replace("\xa0", " ").strip(" ")


def key_of(name: str) -> str:
    """Make the council's key: a to z, 0 to 9 and hyphens, beginning with a letter, 63 characters at most.

    It is the first part of its example addresses too. Only “Council” at the end is left out, so that Leicester City and
    Leicestershire differ.
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    key = re.sub(r"(?<=.)-council$", "", key)
    # A bare “null” means nothing in YAML.
    if not re.match(r"[a-z]", key) or key == "null":
        key = f"council-{key}".rstrip("-")
    return key[:_LONGEST_KEY].rstrip("-")


def faults(given: Newcomer) -> Iterator[Fault]:
    """Report every fault that makes the facts unusable, and warn of every oddity."""
    unusable = tuple(_name(given.name))
    yield from unusable
    if not unusable and not given.any_name:
        yield from authorities.faults(given.name, given.published_on)
    out_of_range = tuple(_range(given))
    yield from out_of_range
    if not out_of_range:
        yield from _published(given)
        yield from _inspection(given)
        yield from _received(given)
        yield from _direction(given)
        yield from _commissioner(given)


def _name(name: str) -> Iterator[Fault]:
    if not name:
        yield error(_COMMAND, "--name", "It is empty, expected the council's name, such as “Anytown Council”.")
    elif not name.isprintable():
        yield error(_COMMAND, "--name", "It holds a line break or a control character, expected one line of text.")
    elif len(name) > LONGEST_NAME:
        yield error(_COMMAND, "--name", f"It has {len(name)} characters, expected {LONGEST_NAME} at most.")


OPTIONS = {
    "published_on": "--published",
    "received_on": "--received",
    "directed_on": "--direction",
    "commissioner_on": "--commissioner-report",
    "inspected_on": "--inspection",
    "inspected_until": "--inspection",
}


def _range(given: Newcomer) -> Iterator[Fault]:
    """Refuse dates in years whose bank holidays are not known: counting across them would be a guess."""
    law = calendars().law
    for field in fields(given):
        on = getattr(given, field.name)
        if not isinstance(on, date):
            continue
        first_on = FIRST_ON if field.name == "published_on" else law.first_on
        if not first_on <= on <= law.last_on:
            text = f"{long_date(on)} is outside {long_date(first_on)} to {long_date(law.last_on)}"
            yield error(_COMMAND, OPTIONS[field.name], f"{text}, for which the bank holidays are known.")


def _published(given: Newcomer) -> Iterator[Fault]:
    if off := calendars().law.why_off(given.published_on):
        text = f"{long_date(given.published_on)} is no working day ({off}); Ofsted publishes reports on working days."
        yield warning(_COMMAND, "--published", text)


def _inspection(given: Newcomer) -> Iterator[Fault]:
    first_on, last_on = given.inspected_on, given.inspected_until
    if first_on is None or last_on is None:
        return
    if last_on < first_on:
        yield error(_COMMAND, "--inspection", f"Its last day, {long_date(last_on)}, is before its first.")
    elif last_on >= (given.received_on or given.published_on):
        text = f"It ended on {long_date(last_on)}, expected a day before the report came."
        yield error(_COMMAND, "--inspection", text)
    elif given.published_on - last_on > timedelta(days=182):
        yield warning(_COMMAND, "--inspection", "It ended more than six months before the report was published.")


def _received(given: Newcomer) -> Iterator[Fault]:
    if given.received_on is None:
        return
    before = given.published_on - given.received_on
    if before < timedelta(0):
        text = f"{long_date(given.received_on)} is after publication; a council gets the report before, or that day."
        yield error(_COMMAND, "--received", text)
    elif before > timedelta(days=60):
        text = f"That is {count(before.days, 'day')} before publication; it is usually one or two weeks."
        yield warning(_COMMAND, "--received", text)


def _direction(given: Newcomer) -> Iterator[Fault]:
    if given.directed_on is None:
        return
    before = given.published_on - given.directed_on
    if before > _YEAR:
        text = f"{long_date(given.directed_on)} is more than a year before this report, expected the one after it."
        yield error(_COMMAND, "--direction", text)
    elif before > timedelta(0):
        yield warning(_COMMAND, "--direction", "It was issued before the report was published, which is unusual.")
    elif -before > _YEAR:
        yield warning(_COMMAND, "--direction", "It was issued more than a year after the report was published.")


def _commissioner(given: Newcomer) -> Iterator[Fault]:
    if given.commissioner_on is None:
        return
    since_on = max(given.published_on, given.directed_on or given.published_on)
    if given.commissioner_on <= since_on:
        text = f"{long_date(given.commissioner_on)} is no later than {long_date(since_on)}, when she could begin."
        yield error(_COMMAND, "--commissioner-report", text)
    elif given.commissioner_on - since_on > _YEAR:
        text = "She would report more than a year later; about three months is usual."
        yield warning(_COMMAND, "--commissioner-report", text)
