"""Narrow the list of tasks down: by colour, day, duty, post, class and person, on the command line and on a page."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from timeline.calendar.london import months_after
from timeline.calendar.wording import near, near_address, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass
from timeline.escalation.rag import Rag
from timeline.letters.my_tasks import waits_for
from timeline.rules import RuleError, read_date
from timeline.steering.task_lines import Line

SIX_WEEKS = timedelta(weeks=6)
_SPAN = re.compile(r"(\d{1,3}) ?(day|week|month)s?")


class NotOffered(ValueError):
    """Refuse a filter that the timeline does not know, in a sentence with what was expected."""


class Asked(NamedTuple):
    """Hold the filters as they were typed, in a command or an address; an empty filter leaves all in."""

    duty: str = ""
    post: str = ""
    rag: str = ""
    until: str = ""
    duty_class: str = ""
    mine: str = ""
    all_: bool = False


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """Describe the tasks asked for; an empty field leaves all in. `person` and `post` are keys."""

    all_: bool = False
    rags: Collection[Rag] = ()
    until: date | None = None
    duty: str = ""
    post: str = ""
    person: str = ""
    duty_class: DutyClass | None = None

    def lets_in(self, line: Line) -> bool:
        """Tell whether a task is asked for."""
        return (self.all_ or line.is_coming) and self.is_about(line)

    def is_about(self, line: Line) -> bool:
        """Tell whether a task is what was asked for, over or not."""
        milestone = line.task.milestone
        return (
            (not self.rags or line.rated.rag in self.rags)
            and (self.until is None or (milestone.due_on is not None and milestone.due_on <= self.until))
            and (not self.duty or milestone.obligation == self.duty)
            and (not self.post or milestone.owner == self.post)
            and (self.duty_class is None or milestone.duty_class is self.duty_class)
            and (not self.person or waits_for(line.task, self.person))
        )

    @property
    def shows_everything(self) -> bool:
        """Tell whether what comes after six weeks is listed too."""
        return self.all_ or self.until is not None


def is_near(line: Line, on: date) -> bool:
    """Tell whether people who asked for nothing in particular want to read of it: now, or within six weeks."""
    due_on = line.task.milestone.due_on
    return line.needs_somebody or (due_on is not None and due_on <= on + SIX_WEEKS)


def shown_of(coming: Iterable[Line], asked: Narrowed, on: date) -> list[Line]:
    """Give those that are listed; the others come later, or have no date."""
    return [line for line in coming if asked.shows_everything or is_near(line, on)]


def heading(shown: Sequence[Line], asked: Narrowed, on: date) -> str:
    """Count the colours, such as "2 red, 5 amber, 12 green, 20 grey: what needs somebody, …"."""
    counted = Counter(line.rated.rag for line in shown)
    said = ", ".join(f"{counted[rag]} {rag.value}" for rag in Rag if counted[rag]) or "Nothing"
    if asked.all_:
        return f"{said}."
    until = asked.until or on + SIX_WEEKS
    beside = "" if asked.until else "what needs somebody, and "
    return f"{said}: {beside}what is due by {short_date(until)}."


def narrowed(timeline: CouncilTimeline, asked: Asked, *, on: date) -> Narrowed:
    """Read the filters as they were typed. Raise NotOffered, which says what was expected."""
    duties = {each.key: each.title for each in timeline.obligations}
    posts = {each.key: each.title for each in timeline.directory.posts.values()}
    return Narrowed(
        all_=asked.all_,
        rags=(Rag(_word(asked.rag, Rag, "colour")),) if asked.rag else (),
        until=last_day(asked.until, on=on) if asked.until else None,
        duty=_key(asked.duty, duties, "duty") if asked.duty else "",
        post=_key(asked.post, posts, "post") if asked.post else "",
        duty_class=DutyClass(_word(asked.duty_class, DutyClass, "class")) if asked.duty_class else None,
        person=_person(timeline, asked.mine) if asked.mine else "",
    )


def last_day(text: str, *, on: date) -> date:
    """Read a day, or a span from today such as "6weeks", "10 days" or "3months". Raise NotOffered."""
    matched = _SPAN.fullmatch(text.strip().lower())
    try:
        if matched:
            number, unit = int(matched[1]), matched[2]
            return months_after(on, number) if unit == "month" else on + timedelta(**{f"{unit}s": number})
        return read_date(text)
    except RuleError:
        raise NotOffered(
            f"“{text}” is no day; expected a day such as 2019-12-01, or such as 6weeks, 10days or 3months."
        ) from None


def _word(typed: str, known: Iterable[str], what: str) -> str:
    """Give the word of a short list, whatever its case."""
    by_word = {str(word).casefold(): str(word) for word in known}
    word = by_word.get(typed.strip().casefold())
    if word is None:
        raise NotOffered(f"There is no {what} “{typed}”; expected {_or(list(by_word.values()))}.")
    return word


def _key(typed: str, known: Mapping[str, str], what: str) -> str:
    """Give the key that was typed, as a key, as its beginning if no other begins so, or as a title."""
    wanted = typed.strip().casefold()
    exact = [key for key, title in known.items() if wanted in (key.casefold(), title.casefold())]
    named = exact or _beginning(wanted, known)
    if len(named) == 1:
        return named[0]
    if named:
        raise NotOffered(f"“{typed}” could be {_or(named)}; expected one {what} of them.")
    raise NotOffered(f"There is no {what} “{typed}”.{near(wanted, known)} Expected the key or title of a {what}.")


def _beginning(wanted: str, known: Iterable[str]) -> list[str]:
    same = wanted.replace(" ", "-"), wanted.replace(" ", "_")
    return sorted(key for key in known if key.casefold().startswith(same))


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _person(timeline: CouncilTimeline, address: str) -> str:
    person = timeline.directory.at_address(address)
    if person is None:
        alike = near_address(address, (each.address for each in timeline.directory.people.values()))
        raise NotOffered(f"Nobody of this timeline has the address “{address}”.{alike}")
    return person.key
