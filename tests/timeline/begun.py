"""Hold from when anybody could begin a step, worked out a second time (see independent.py)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tests.timeline.second_count import Found, anchor_of

if TYPE_CHECKING:
    from timeline.definitions.duties import Obligation

Dates = Mapping[str, date]


def begun(duty: "Obligation", facts: Dates) -> date | None:
    """Give the day of the fact that causes a duty: nothing that leads there is due on it or before."""
    after = [duty.rule, *(reading.rule for reading in duty.readings if reading.upper_bound)]
    causes = [anchor_of(rule) for rule in after if " after " in f" {rule}" or rule.startswith("within")]
    causes += [duty.each] if duty.each and anchor_of(duty.rule) != duty.each else []
    return max((facts[name] for name in causes if name in facts), default=None)


def stated_since(
    duty: "Obligation", number: int, named: Sequence[tuple[str, str, date, date]], legal_on: date | None
) -> date | None:
    """Give the day since which people could work to the day that a duty is on, or due by: from when it, or a day before
    it, was named and no later day stood in its place. `named` are occurrence, name, day and the day of its record.
    """
    name, ref = anchor_of(duty.rule), f"{duty.key}/{number}"
    if legal_on is None or duty.rule not in (f"on {name}", f"by {name}"):
        return None
    about = {("", name), (ref, name)} if duty.is_fixed else {("", name), (ref, name), (ref, "moved")}
    since, first, has_own = None, None, False
    for of, what, on, known_on in named:
        # What is recorded for all holds until the occurrence has a fact of its own.
        if (of, what) in about and not (has_own and not of):
            has_own = has_own or (of, what) == (ref, name)
            first = first or known_on
            since = None if on > legal_on else since or known_on
    return since or first


def is_lost(duty: "Obligation", key: str, own: Found, later: Found, since: date, dates: Dates) -> bool:
    """Tell whether a step stays on its own day, gone by or not, instead of the first day after its day was known."""
    task = next((task for task in duty.milestones if task.key == key), None)
    today = task and task.standing.binds and own.legal_on == since
    return bool(today or (task and task.too_late)) or later.legal_on > dates.get("legal", date.max)


def local(given: Mapping[str, date | None]) -> dict[str, date]:
    """Tell what a task may count from: nothing but `expected` while the occurrence is a window."""
    window = given["starts_on"] is None
    local = {
        "due": None if window else given["working_on"],
        "legal": None if window else given["legal_on"],
        "start": given["starts_on"],
        "end": given["ends_on"],
        "expected": given["starts_on"] or given["opens_on"],
    }
    return {name: on for name, on in local.items() if on}
