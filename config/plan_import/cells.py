"""Read the cells of an action plan: days, posts, priorities, areas, statuses and percentages, as people write them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from config.plan_import.workbook import Value
from timeline.answers.case_details import refusal
from timeline.calendar.wording import near
from timeline.programme.actions import Progress
from timeline.programme.programme import Programme
from timeline.rules import RuleError, british_date, read_date

LONGEST = 2_000
_YEARS = range(2000, 2200)
"""A 12 in a column of days is a slip, and not a day of January 1900."""
_SEVERAL = re.compile(r"[;/&\n]|, | and ")
_PROGRESS: Mapping[Progress, tuple[str, ...]] = {
    Progress.NOT_STARTED: ("not started", "to start", "not yet started", "not begun", "grey", "not due"),
    Progress.ON_TRACK: ("on track", "green", "g", "in progress", "ongoing", "started", "underway", "on target"),
    Progress.SLIPPING: ("slipping", "amber", "a", "at risk", "delayed", "off target", "some concerns", "behind"),
    Progress.NEEDS_HELP: ("needs help", "red", "r", "off track", "blocked", "overdue", "serious concerns", "stalled"),
    Progress.DONE: ("done", "complete", "completed", "blue", "b", "closed", "achieved", "finished", "embedded"),
}
_MEANS = {word: progress for progress, words in _PROGRESS.items() for word in words}
_NUMBERED = re.compile(r"(?:priority|area|theme|objective)? ?[0-9]{1,3} ?[:.)–-] ?(.+)", re.IGNORECASE)


class Unreadable(ValueError):
    """Report a cell that cannot be read, with the end of a sentence that says what was expected."""


class NoDay(ValueError):
    """Report a cell with words where a day is expected, such as “ongoing”: it is left out, and somebody is told."""


class InConfidence(ValueError):
    """Report a cell with words that must not be stored, in a sentence that does not repeat them."""


@dataclass(frozen=True)
class Reader:
    """Read cells by what is known: the records of the programme, posts by their title, and posts by their holders."""

    programme: Programme
    posts: Mapping[str, str]
    holders: Mapping[str, str]

    def day(self, value: Value) -> date:
        """Read a day: Excel's own, its number, or words with the day first. Raise Unreadable or NoDay."""
        on = value.day or british_date(_without_weekday(value.text)) or _iso(value.text)
        if on and on.year in _YEARS:
            return on
        if not re.search(r"[0-9]", value.text):
            raise NoDay
        raise Unreadable("expected a day such as 2026-12-01, 01/12/2026 or 1 December 2026.")

    def post(self, value: Value) -> str:
        """Read a post by key or title, or by its holder's name or address. Raise Unreadable for two of them."""
        if key := self._post(value.text):
            return key
        parts = [part.strip() for part in _SEVERAL.split(value.text) if part.strip()]
        if len(parts) > 1:
            raise Unreadable(f"which names {len(parts)} owners; expected the one post that answers for the action.")
        names = sorted({*self.posts, *self.posts.values()})
        raise Unreadable(f"which is no post here; expected its key or title.{near(value.text, names)}")

    def _post(self, text: str) -> str:
        wanted = text.casefold()
        titles = {title.casefold(): key for key, title in self.posts.items()}
        return next((of[wanted] for of in ({key: key for key in self.posts}, titles, self.holders) if wanted in of), "")

    def priority(self, value: Value) -> str:
        """Read a priority by key or title. Raise Unreadable."""
        titles = {key: priority.title for key, priority in self.programme.priorities.items()}
        return _among(value.text, titles, "priority")

    def areas(self, value: Value) -> tuple[str, ...]:
        """Read areas for improvement by key or title, separated by semicolons. Raise Unreadable."""
        titles = {key: area.title for key, area in self.programme.areas.items()}
        parts = filter(None, (part.strip() for part in value.text.split(";")))
        return tuple(dict.fromkeys(_among(part, titles, "area for improvement") for part in parts))

    def progress(self, value: Value) -> Progress:
        """Read a status, or a colour. Raise Unreadable."""
        word = value.text.casefold().strip(" .")
        if word not in _MEANS:
            expected = ", ".join(progress.value for progress in Progress)
            raise Unreadable(f"expected {expected}, or a colour.{near(word, _MEANS)}")
        return _MEANS[word]

    def percent(self, value: Value) -> int:
        """Read a percentage: 45, 45 %, or the 0.45 that Excel keeps for it. Raise Unreadable."""
        text = value.text.rstrip("% ")
        number = value.number
        if number is None and re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", text):
            number = float(text)
        elif number is not None and (value.is_percent or 0 < number < 1):
            number *= 100
        if number is None or not 0 <= number <= 100:
            raise Unreadable("expected a percentage from 0 to 100.")
        return round(number)

    def words(self, value: Value) -> str:
        """Read words. Raise Unreadable where there are too many, and InConfidence where they seem to name a child."""
        if len(value.text) > LONGEST:
            raise Unreadable(f"which is longer than {LONGEST} letters; expected a sentence or two.")
        if sentence := refusal(value.text):
            raise InConfidence(f"{sentence}.")
        return value.text


def names(text: str) -> Iterator[str]:
    """Give the ways to read a name in small letters: as it stands, and without a number before it."""
    yield text.casefold()
    if numbered := _NUMBERED.fullmatch(text):
        yield numbered[1].casefold()


def _among(text: str, titles: Mapping[str, str], what: str) -> str:
    """Give the key of the record that a name means. Raise Unreadable."""
    known = {title.casefold(): key for key, title in titles.items()} | {key: key for key in titles}
    key = next((known[name] for name in names(text) if name in known), "")
    if not key:
        raise Unreadable(f"which is no {what} of the programme.{near(text, [*titles, *titles.values()])}")
    return key


def _without_weekday(text: str) -> str:
    return re.sub(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", "", text, flags=re.IGNORECASE)


def _iso(text: str) -> date | None:
    try:
        return read_date(text.removesuffix(" 00:00:00"))
    except RuleError:
        return None
