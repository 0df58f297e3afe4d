"""Make docs/histories.md, what happened beside what Daymark says: `python -m tests.docs.histories_page`.

What Daymark says is worked out from the timelines by the plan and the rehearsal, as known at the instant of each row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from config.settings import ROOT
from config.timeline_files.plain_yaml import read
from tests.config.histories import history, lived
from tests.timeline.literals import at, day
from timeline import rules
from timeline.calendar.wording import long_date, plain_name, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import Fact
from timeline.escalation.task_context import task_context
from timeline.forecast.behaviour import Behaviour
from timeline.forecast.rehearsal import Rehearsed, rehearse
from timeline.planning.occurrences import Occurrence
from timeline.planning.rescheduling import days
from timeline.steering.task_lines import Line, task_lines

PAGE = ROOT / "docs/histories.md"
TEXT = ROOT / "tests/docs/histories_page.txt"
TOLD = ROOT / "tests/docs/histories_told.yaml"
ASKED_FOR = {
    "medway-history": ("medway", "Tue 27 Aug 2019", "Tue 31 Dec 2019"),
    "cheshire-east-2024": ("cheshire_east", "Thu 16 May 2024", "Mon 30 Sep 2024"),
    "herefordshire-2022": ("herefordshire", "Wed 21 Sep 2022", "Tue 31 Jan 2023"),
}
"""Name each history in the page, with the days for which its prompts are rehearsed."""
_SOURCE = re.compile(r"^(?P<title>.*), (?P<address>https?://\S+), read (?P<read>[^(]+) \((?P<certainty>\w+)\)$")


class Compared(NamedTuple):
    """Ask Daymark about a task, an occurrence or a rule at an instant; tell what happened and why the two differ."""

    at: str
    asked: str
    happened: str
    explained: str


def told() -> dict[str, list[Compared]]:
    """Read what is compared, by history."""
    return {name: [Compared(**row) for row in rows] for name, rows in read(TOLD).items()}


def page() -> str:
    """Give the whole page; what is told in it by hand stands in `histories_page.txt` and `histories_told.yaml`."""
    tables = {}
    for name, compared in told().items():
        key, first, last = ASKED_FOR[name]
        tables[f"{key}_facts"] = _rows(_fact_row(fact) for fact in sorted(history(name).facts, key=_when))
        tables[f"{key}_compared"] = _rows(_compared_row(name, row) for row in sorted(compared, key=_asked_at))
        tables[f"{key}_prompts"] = _rows(_prompt_rows(name, day(first), day(last)))
    return TEXT.read_text().format(**tables)


def _when(fact: Fact) -> tuple[date, str]:
    return fact.on, fact.name


def _asked_at(row: Compared) -> str:
    return at(row.at).isoformat()


def _rows(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _fact_row(fact: Fact) -> tuple[str, ...]:
    found = _SOURCE.match(fact.source)
    certainty = found["certainty"] if found else "inferred" if fact.inferred else _unread(fact)
    source = f"[{found['title']}]({found['address']})" if found else fact.source
    of = f" (`{fact.occurrence}`)" if fact.occurrence else ""
    return days(fact.on, fact.until or fact.on), f"`{fact.name}`{of}", certainty, source


def _unread(fact: Fact) -> str:
    """Tell how surely a fact is known that names no address: the paragraphs are those of Medway's report to Cabinet."""
    return "verified" if fact.source.startswith(("paragraph", "the report itself")) else "secondary"


def _compared_row(name: str, row: Compared) -> tuple[str, ...]:
    return long_date(at(row.at).date()), f"`{row.asked}`", says(name, row), row.happened, row.explained


def says(name: str, row: Compared) -> str:
    """Say what Daymark says then of a task, of an occurrence, or of a rule alone."""
    if " " in row.asked:
        outcome = rules.evaluate(row.asked, anchors={}, calendars=history(name).calendars)
        if outcome.legal_on is None or outcome.working_on is None:
            return "No date."
        worked_to = f", worked to {long_date(outcome.working_on)}" if outcome.working_on != outcome.legal_on else ""
        return f"{long_date(outcome.legal_on)}{worked_to}."
    occurrences = lived(name, row.at)
    if (occurrence := occurrences.get(row.asked)) or row.asked.count("/") == 1:
        return _of_occurrence(occurrence)
    return _of_task(name, row)


def _of_occurrence(occurrence: Occurrence | None) -> str:
    if occurrence is None:
        return "Not laid out."
    if occurrence.starts_on and occurrence.ends_on:
        return f"{_capital(occurrence.state.value)}: {days(occurrence.starts_on, occurrence.ends_on)}."
    if occurrence.opens_on and occurrence.closes_on:
        return f"A window, {long_date(occurrence.opens_on)} to {long_date(occurrence.closes_on)}."
    return f"Waits for {', '.join(map(plain_name, occurrence.waits_for))}."


def _of_task(name: str, row: Compared) -> str:
    line = next(line for line in _lines(name, row) if line.ref == row.asked)
    milestone = line.task.milestone
    if milestone.legal_on is None:
        return f"{_capital(line.rated.rag.value)}. {line.rated.why}"
    by_law = "Legal date" if milestone.standing.binds else "Due"
    return f"{by_law} {long_date(milestone.legal_on)}. {_capital(line.rated.rag.value)}: {line.rated.why}"


def _lines(name: str, row: Compared) -> Iterator[Line]:
    timeline, instant = _live(name), at(row.at)
    milestones = (milestone for occurrence in lived(name, row.at).values() for milestone in occurrence.milestones)
    return task_lines([task_context(timeline, milestone, at=instant) for milestone in milestones])


def _live(name: str) -> CouncilTimeline:
    """Give the timeline as it runs from the day of the report's publication, without a trial."""
    timeline = history(name)
    published = next(fact.on for fact in timeline.facts if fact.name == "report_published")
    return replace(timeline, council=replace(timeline.council, live_from=published, shadow_until=None))


def _prompt_rows(name: str, first: date, last: date) -> Iterator[tuple[str, ...]]:
    """Give a row for each duty that the council did not choose: who is asked first, and how often people hear of it."""
    answered, silent = _by_duty(name, first, last, "always"), _by_duty(name, first, last, "never")
    for key, prompts in silent.items():
        opening = prompts[0]
        highest = {_title(name, each) for each in prompts if each.prompt.post != each.milestone.owner}
        yield (
            opening.milestone.duty,
            f"{short_date(opening.at.date())}: {_title(name, opening)}",
            str(len(answered.get(key, ()))),
            str(len(prompts)),
            ", ".join(sorted(highest)) or "nobody else",
        )


def _by_duty(name: str, first: date, last: date, how: Behaviour) -> dict[str, list[Rehearsed]]:
    timeline = _live(name)
    asked = replace(timeline, obligations=tuple(filter(None, map(_of_others, timeline.obligations))))
    by_duty: dict[str, list[Rehearsed]] = defaultdict(list)
    for each in rehearse(asked, from_on=first, to_on=last, responses=how):
        by_duty[each.milestone.obligation].append(each)
    return by_duty


def _of_others(duty: Obligation) -> Obligation | None:
    """Give of a duty that the council made itself, such as a report to Cabinet, what law asks for round it."""
    if not duty.standing.is_own:
        return duty
    theirs = tuple(task for task in duty.milestones if not task.standing.is_own)
    return replace(duty, title=f"{duty.title}: its notices and record", milestones=theirs) if theirs else None


def _title(name: str, told: Rehearsed) -> str:
    return history(name).directory.posts[told.prompt.post].title


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


if __name__ == "__main__":
    PAGE.write_text(page())
