"""Print an occurrence as `why` and `show` print it: the whole explanation of its date, and every move."""

from collections.abc import Iterator
from typing import Any

from models.store import Store
from tasks.steering.tasks import referred
from timeline.calendar.wording import iso_date
from timeline.definitions.facts import Fact
from timeline.definitions.standing import LawText, Standing
from timeline.planning.explanation import Explanation
from timeline.rules import Reading
from timeline.steering.explained import dates, moves, readings
from timeline.steering.task_sheet import recorded


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """List the heading, the dates and every sentence."""
    yield f"{explanation.ref}  {explanation.title}"
    yield from dates(explanation)
    yield from explanation.sentences


def moved_lines(store: Store, explanation: Explanation) -> Iterator[str]:
    """List the heading, the dates as they stand, every move, every reading, and the trail without that of its tasks."""
    yield f"{explanation.ref}  {explanation.title}"
    yield from dates(explanation)
    yield from moves(explanation)
    yield from readings(explanation)
    of_tasks = {trail for task in referred(store, explanation.ref) for trail in store.audit.trail(task)}
    for trail in store.audit.trail(explanation.ref):
        if trail in of_tasks:
            continue
        yield "  ".join(recorded(trail.at, trail.who, trail.what, "", trail.why))


def explanation_object(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as a JSON object."""
    return {
        "ref": explanation.ref,
        "title": explanation.title,
        "legal_on": iso_date(explanation.legal_on),
        "working_on": iso_date(explanation.working_on),
        "original_on": iso_date(explanation.original_on),
        "opens_on": iso_date(explanation.opens_on),
        "closes_on": iso_date(explanation.closes_on),
        "provisional_on": iso_date(explanation.provisional_on),
        "agreed": _fact(explanation.agreed) if explanation.agreed else None,
        "counted_from": _fact(explanation.counted_from) if explanation.counted_from else None,
        "counted": explanation.counted,
        "skipped": list(explanation.skipped),
        "readings": [_reading(reading) for reading in explanation.readings],
        "basis": explanation.basis,
        **standing_object(explanation.standing),
        "texts": [text_object(text) for text in explanation.texts],
        "not_ours": explanation.not_ours,
        "steps": list(explanation.sentences),
    }


def standing_object(standing: Standing) -> dict[str, str]:
    """Return the kind of a rule and its certainty, which are two things."""
    return {"kind": standing.kind.value, "certainty": standing.certainty.value}


def text_object(text: LawText) -> dict[str, str | None]:
    """Return a text that a rule rests on."""
    return {
        "provision": text.provision,
        "says": text.says,
        "address": text.address,
        "read_on": iso_date(text.read_on),
        "known_by": text.known_by,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "on": fact.on.isoformat(),
        "who": fact.who,
        "source": fact.source,
        "inferred": fact.inferred,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "name": reading.name,
        "rule": reading.rule,
        "legal_on": iso_date(reading.legal_on),
        "working_on": iso_date(reading.working_on),
        "basis": reading.basis,
        "worked_to": reading.worked_to,
        "says": reading.says,
    }
