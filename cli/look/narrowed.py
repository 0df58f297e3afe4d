"""The options with which `daymark list` shows fewer tasks: by colour, day, duty, post and person."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import typer

from cli.council import NotUsable
from cli.look.tasks import Line
from config.timeline_files.files import near
from timeline.answers.responses import State
from timeline.calendar.london import months_after
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.rag import Rag
from timeline.letters.my_tasks import waits_for
from timeline.rules import RuleError, read_date

SIX_WEEKS = timedelta(weeks=6)
_NEEDS_SOMEBODY = (Rag.RED, Rag.AMBER)
_SPAN = re.compile(r"(\d{1,3}) ?(day|week|month)s?")


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """The tasks asked for; an empty field leaves all in. `person` and `post` are keys."""

    all_: bool = False
    red: bool = False
    until: date | None = None
    duty: str = ""
    post: str = ""
    person: str = ""

    def lets_in(self, line: Line) -> bool:
        """Tell whether a task is asked for."""
        milestone = line.task.milestone
        return (
            (self.all_ or _is_coming(line))
            and (not self.red or line.rated.rag is Rag.RED)
            and (self.until is None or (milestone.due_on is not None and milestone.due_on <= self.until))
            and (not self.duty or milestone.obligation == self.duty)
            and (not self.post or milestone.owner == self.post)
            and (not self.person or waits_for(line.task, self.person))
        )


def needs_somebody(line: Line) -> bool:
    """Tell whether a task is red or amber, or asks for help."""
    return line.rated.rag in _NEEDS_SOMEBODY or line.task.status.state in (State.BLOCKED, State.DECLINED)


def is_near(line: Line, on: date) -> bool:
    """Tell whether people who asked for nothing in particular want to read of it: now, or within six weeks."""
    due_on = line.task.milestone.due_on
    return needs_somebody(line) or (due_on is not None and due_on <= on + SIX_WEEKS)


def narrowed(
    timeline: CouncilTimeline,
    *,
    on: date,
    all_: bool = False,
    red: bool = False,
    until: str | None = None,
    duty: str | None = None,
    post: str | None = None,
    mine: str | None = None,
) -> Narrowed:
    """Read the options. Raise NotUsable or typer.BadParameter, which says what was expected."""
    duties = {each.key: each.title for each in timeline.obligations}
    posts = {each.key: each.title for each in timeline.directory.posts.values()}
    return Narrowed(
        all_=all_,
        red=red,
        until=last_day(until, on=on) if until else None,
        duty=_key(duty, duties, "duty") if duty else "",
        post=_key(post, posts, "post") if post else "",
        person=_person(timeline, mine) if mine else "",
    )


def last_day(text: str, *, on: date) -> date:
    """Read a day, or a span from today such as "6weeks", "10 days" or "3months"."""
    matched = _SPAN.fullmatch(text.strip().lower())
    if matched:
        number, unit = int(matched[1]), matched[2]
        return months_after(on, number) if unit == "month" else on + timedelta(**{f"{unit}s": number})
    try:
        return read_date(text)
    except RuleError:
        raise typer.BadParameter(
            f"--until is “{text}”, expected a day such as 2019-12-01, or such as 6weeks, 10days or 3months."
        ) from None


def _key(typed: str, known: Mapping[str, str], what: str) -> str:
    """Give the key that was typed, as a key, as its beginning if no other begins so, or as a title."""
    wanted = typed.strip().casefold()
    exact = [key for key, title in known.items() if wanted in (key.casefold(), title.casefold())]
    named = exact or _beginning(wanted, known)
    if len(named) == 1:
        return named[0]
    if named:
        raise NotUsable(f"“{typed}” could be {_or(named)}; expected one {what} of them.")
    raise NotUsable(
        f"There is no {what} “{typed}”.{near(wanted, frozenset(known))} Expected the key or title of a {what}."
    )


def _beginning(wanted: str, known: Iterable[str]) -> list[str]:
    same = wanted.replace(" ", "-"), wanted.replace(" ", "_")
    return sorted(key for key in known if key.casefold().startswith(same))


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _person(timeline: CouncilTimeline, address: str) -> str:
    person = timeline.directory.at_address(address)
    if person is None:
        addresses = frozenset(each.address.casefold() for each in timeline.directory.people.values())
        raise NotUsable(f"Nobody of this timeline has the address “{address}”.{near(address.casefold(), addresses)}")
    return person.key


def _is_coming(line: Line) -> bool:
    over = line.task.is_history or line.task.milestone.closed_because
    return not over and line.task.status.state is not State.DONE
