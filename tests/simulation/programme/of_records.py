"""Count the records a second time: how actions stand, measures, risks, moved dates, decisions, evidence, the trail."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from tests.simulation.programme.diary import Entry, colour, month_before, words
from tests.simulation.programme.reading import rows, text
from timeline.reports.document import Figure, Report

if TYPE_CHECKING:
    from tests.simulation.programme.recount import Lived, Told

_AREA = "early-help"


def _colours(lived: "Lived", on: date | None = None) -> dict[str, str]:
    programme = lived.diary.programme
    return {key: colour(lived.diary, key, on or lived.on, lived.until) for key in programme.actions}


def plan(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell each action's colour today and a month ago."""
    now, before = _colours(lived), _colours(lived, month_before(lived.on))
    titles = {key: each.title for key, each in lived.diary.programme.actions.items()}
    trend = {key: "as a month ago" if now[key] == before[key] else f"was {before[key]} a month ago" for key in now}
    told = {row[1]: row[2:] for row in rows(report, "Plan")}
    yield "the plan", told, {titles[key]: (now[key].capitalize(), trend[key]) for key in now}


def exceptions(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell which actions are red or amber, and what is over its day."""
    actions = lived.diary.programme.actions
    told = {row[0]: row[2].partition(":")[0] for row in rows(report, "Actions that need somebody")}
    amiss = {key: each.capitalize() for key, each in _colours(lived).items() if each in ("red", "amber")}
    yield "what is red or amber", told, {actions[key].title: each for key, each in amiss.items()}
    over = [
        f"Risk “{each.title}”: its review was due on {words(on)}."
        for key, each in lived.diary.programme.risks.items()
        if (on := _review(key, lived)) and on < lived.on
    ]
    over += [
        f"Evidence “{each.said['title']}”: it expired on {words(each.said['expires'])}."
        for each in lived.diary.of("evidence", lived.on, lived.until)
        if each.said["expires"] and each.said["expires"] < lived.on
    ]
    said = [line for line in text(report, "Exceptions") if line.startswith(("Risk “", "Evidence “"))]
    yield "what is over its day", sorted(said), sorted(over)


def _review(key: str, lived: "Lived") -> date | None:
    rated = lived.diary.of("risk", lived.on, lived.until, f"risks.{key}")
    return rated[-1].said["review"] if rated else lived.diary.programme.risks[key].review_on


def actions(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell each action's colour, its first day and the day agreed since."""
    told = {row[0]: (row[3].partition(":")[0], row[2].splitlines()) for row in rows(report, "Actions")}
    expected = {}
    for key, each in lived.diary.programme.actions.items():
        expected[each.title] = (_colours(lived)[key].capitalize(), _days(key, lived))
    yield "the actions", told, expected


def _days(key: str, lived: "Lived") -> list[str]:
    action = lived.diary.programme.actions[key]
    moved = lived.diary.of("rebase", lived.on, lived.until, f"actions.{key}")
    said = lived.diary.of("progress", lived.on, lived.until, f"actions.{key}")
    agreed: date | None = moved[-1].said["due"] if moved else action.due_on
    days = [words(action.due_on) if action.due_on else "no date yet"]
    if moved and agreed and agreed != action.due_on:
        days.append(f"agreed since: {words(agreed)} ({moved[-1].said['why']})")
    last = said[-1] if said else None
    expected = [each.said["expected"] for each in said if each.said["expected"]]
    if expected and last and last.said["progress"] != "done" and not any(each.on > last.on for each in moved):
        days += [f"expected: {words(expected[-1])}"] if expected[-1] != agreed else []
    return days


def _values(key: str, lived: "Lived") -> list[tuple[date, str]]:
    """Give the values of a measure in their order, as its first words."""
    measure = lived.diary.programme.measures[key]
    stated = [
        (each.on, f"{each.number}" if each.number is not None else "down by 20 %")
        for each in measure.values
        if each.on <= lived.on
    ]
    added = lived.diary.of("measure", lived.on, lived.until, f"measures.{key}")
    return sorted([*stated, *((each.on, f"{each.said['number']}") for each in added)], key=lambda each: each[0])


def measures(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell the last value of each measure with its day."""
    told = {row[0]: (row[1], row[2]) for row in rows(report, "Measures")}
    for key, each in lived.diary.programme.measures.items():
        on, value = _values(key, lived)[-1]
        said, said_on = told[each.title]
        yield f"the day of “{each.title}”", said_on, words(on)
        yield f"the value of “{each.title}”", (said.split()[0] if value.isdecimal() else said[: len(value)]), value


def improvements(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell the figures beside the improvements."""
    lines = text(report, "Progress since the inspection")
    for improvement in lived.diary.programme.improvements.values():
        for key in improvement.measures:
            on, value = _values(key, lived)[-1]
            said = f"{lived.diary.programme.measures[key].title}: {value}"
            told = [line for line in lines if said in line and f"(on {words(on)})." in line]
            yield f"the figure “{said}”", len(told), 1


def _ratings(key: str, lived: "Lived") -> list[tuple[str, int]]:
    stated = [
        (each.on, (each.rating.likelihood, each.rating.impact))
        for each in lived.diary.programme.risks[key].assessments
        if each.on <= lived.on
    ]
    added = lived.diary.of("risk", lived.on, lived.until, f"risks.{key}")
    rated = sorted([*stated, *((each.on, each.said["rating"]) for each in added)], key=lambda each: each[0])
    return [rating for _, rating in rated]


def risks(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell each risk's rating, whether it has grown, and how much is done about it."""
    told = {row[0]: (row[3].split("\n"), len(row[2].splitlines())) for row in rows(report, "Risks")}
    for key, each in lived.diary.programme.risks.items():
        rated = _ratings(key, lived)
        (letter, impact), weights = rated[-1], [(6 - "ABCDEF".index(a)) * (5 - b) for a, b in rated]
        change = (weights[-1] > weights[-2]) - (weights[-1] < weights[-2]) if len(weights) > 1 else 0
        said, measures = told[each.title]
        yield f"the rating of “{each.title}”", said[0], f"{letter}{impact}"
        yield f"the trend of “{each.title}”", said[2:], {1: ["It has grown."], -1: ["It has fallen."], 0: []}[change]
        added = [e for e in lived.diary.of("risk", lived.on, lived.until, f"risks.{key}") if e.said["mitigation"]]
        yield f"what is done about “{each.title}”", measures, len(each.mitigations) + len(added)


def matrix(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell where each risk stands in the matrix, by its number."""
    figures = [part for section in report.sections for part in section.parts if isinstance(part, Figure)]
    (said,) = [each.picture.desc for each in figures if each.caption == "The risks by their numbers"]
    risks = lived.diary.programme.risks
    placed = [
        f"{n} {each.title}: {''.join(map(str, _ratings(key, lived)[-1]))}"
        for n, (key, each) in enumerate(risks.items(), 1)
    ]
    yield "the risk matrix", said, f"{len(risks)} risks. {'; '.join(placed)}."


def moved(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell each moved date beside the first, with who agreed it, when and why."""
    expected = []
    for key, each in lived.diary.programme.actions.items():
        first = words(each.due_on) if each.due_on else "no date"
        for entry in lived.diary.of("rebase", lived.on, lived.until, f"actions.{key}"):
            who = f"{lived.title('director')}, {words(entry.on)}: {entry.said['why']}"
            expected.append((each.title, first, words(entry.said["due"]), who))
    yield "moved dates", rows(report, "Moved dates"), expected


def decided(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell the decisions of the last month."""
    since = month_before(lived.on)
    entries = [each for each in lived.diary.of("meeting", lived.on, lived.until) if each.on > since]
    expected = sorted(line for each in entries for line in each.said["decisions"])
    said = [line for line in text(report, "Decisions and actions arising") if line.startswith("Decided in ")]
    yield "decisions", sorted(said), expected


def _of_area(area: str, lived: "Lived") -> dict[str, list[Entry]]:
    """Give what was said of the actions of an area, by its kind."""
    ours = [f"actions.{key}" for key, each in lived.diary.programme.actions.items() if area in each.areas]
    kinds = ("progress", "rebase", "evidence")
    return {kind: [e for e in lived.diary.of(kind, lived.on, lived.until) if e.record in ours] for kind in kinds}


def areas(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell of each area its actions with their colour, and the evidence that still counts."""
    programme, colours = lived.diary.programme, _colours(lived)
    told = {row[0]: (row[1].splitlines(), sorted(row[2].splitlines())) for row in rows(report, "Progress by area")}
    for key, area in programme.areas.items():
        ours = [
            f"{colours[name].capitalize()}: {each.title}"
            for name, each in programme.actions.items()
            if key in each.areas
        ]
        counting = [
            each.said["title"]
            for each in _of_area(key, lived)["evidence"]
            if not (each.said["expires"] and each.said["expires"] < lived.on)
        ]
        expected = ours or ["No action is tied to it."], sorted(counting) or ["None."]
        yield f"the area “{area.title[:40]}”", told[area.title], expected


def evidence(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Tell the evidence of the area with its days."""
    expected = [
        (each.said["title"], words(each.on), words(each.said["expires"]) if each.said["expires"] else "no end")
        for each in _of_area(_AREA, lived)["evidence"]
    ]
    said = [(row[0], row[1], row[4].removesuffix(": it has expired")) for row in rows(report, "Evidence")]
    yield "evidence", sorted(said), sorted(expected)


def trail(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count everything that was ever stated about the area."""
    stated = _of_area(_AREA, lived)
    measured = [key for key, each in lived.diary.programme.measures.items() if _AREA in each.areas]
    values = sum(len(_values(key, lived)) for key in measured)
    yield "the trail", len(rows(report, "The trail")), sum(map(len, stated.values())) + values


def changed(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count what was stated of each area since the last visit."""
    (since_words,) = [value for name, value in report.head if name == "Changes since"]
    for n, key in enumerate(lived.diary.programme.areas, 1):
        stated = [each for of in _of_area(key, lived).values() for each in of]
        days = [each.on for each in stated] + [
            on
            for name, each in lived.diary.programme.measures.items()
            if key in each.areas
            for on, _ in _values(name, lived)
        ]
        since = next(on for on in (lived.world.town.start, *_days_since(lived)) if words(on) == since_words)
        told = [line for line in text(report, f"Area {n} of 10") if re.match(r"\d{1,2} \w+ \d{4}, ", line)]
        yield f"what changed in area {n}", len(told), sum(on > since for on in days)


def _days_since(lived: "Lived") -> Iterator[date]:
    """Give each day since the beginning: on one of them the last visit ended."""
    on = lived.world.town.start
    while on < lived.on:
        on = date.fromordinal(on.toordinal() + 1)
        yield on
