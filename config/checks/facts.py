"""Check the facts of a timeline: known, in the order of its rule pack, each about something. Check its embargoes."""

import re
from collections.abc import Iterator
from datetime import date

from config.timeline_files.faults import Fault, error, warning
from config.timeline_files.files import Files, known
from config.timeline_files.timeline_shapes import FactShape
from timeline import rules
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.refs import duty_of
from timeline.planning.fact_order import ALL_KNOWN, FactOrder
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.plan import plan
from timeline.planning.reading_facts import OF_ONE, could_mean
from timeline.rules.lexer import FIRST_YEAR, LAST_YEAR

_OVER = (OccurrenceState.SUBMITTED, OccurrenceState.TOOK_PLACE, OccurrenceState.CANCELLED)


def faults(files: Files) -> Iterator[Fault]:
    yield from _embargoes(files)
    for number, chain in enumerate(files.pack.order):
        for name in chain:
            yield from known(files.pack_file, f"order[{number}]", name, files.facts, "fact")
    for number, fact in enumerate(files.timeline.facts):
        yield from _fact(files, f"facts[{number}]", fact)


def beside_each_other(files: Files, timeline: CouncilTimeline) -> Iterator[Fault]:
    """Report what can be said once all facts are known."""
    yield from _together(files, timeline)
    yield from _past_calendar(files, timeline)
    yield from _unknown(files, timeline)


def _together(files: Files, timeline: CouncilTimeline) -> Iterator[Fault]:
    """Report facts that cannot hold beside the others, and warn of what looks like a slip."""
    order, file = FactOrder(timeline), files.timeline_file
    duties = {duty.key for duty in timeline.obligations}
    for number, fact in enumerate(timeline.facts[: len(files.timeline.facts)]):
        key = f"facts[{number}]"
        # Of a duty that was switched off, or was not chosen, nothing is asked; its facts may stay.
        if fact.occurrence and duty_of(fact.occurrence) in duties and order.is_nowhere(fact):
            text = f"There is no “{fact.occurrence}”; expected an occurrence that the rules or the facts give."
            yield error(file, f"{key}.for", text)
        if order.holds(fact):
            yield from (error(file, f"{key}.on", text) for text in order.faults(fact))
            # The days of a demo lie where its week lies, on holidays too.
            doubts = () if files.timeline.lay else order.doubts(fact)
            yield from (warning(file, f"{key}.on", text) for text in doubts)
        if fact.occurrence is None and len(meant := could_mean(fact, timeline)) > 1:
            text = f"It ends each of {', '.join(meant)} that nothing else ended; expected which, such as {meant[0]}."
            yield warning(file, f"{key}.for", text)


def _past_calendar(files: Files, timeline: CouncilTimeline) -> Iterator[Fault]:
    """Report each legal date that cannot be counted, at the fact it counts from: its plan would never be asked for."""
    for duty, occurrence in _of_law(timeline):
        if occurrence.provisional_on:
            names = rules.names(rules.parse(duty.rule))
            at = next((n for n, fact in enumerate(files.timeline.facts) if fact.fact in names), 0)
            text = f"“{occurrence.title}” lies past the calendar. {' '.join(occurrence.why)}"
            yield error(files.timeline_file, f"facts[{at}].on", text)


def _of_law(timeline: CouncilTimeline) -> Iterator[tuple[Obligation, Occurrence]]:
    """Give every occurrence of a duty that has a legal date."""
    fixed = {duty.key: duty for duty in timeline.obligations if duty.is_fixed}
    planned = plan(timeline, at=ALL_KNOWN, until=date(LAST_YEAR, 12, 31), obligations=frozenset(fixed))
    return ((fixed[occurrence.obligation], occurrence) for occurrence in planned)


def _unknown(files: Files, timeline: CouncilTimeline) -> Iterator[Fault]:
    """Warn of what nobody recorded and a legal date counts from: meanwhile the latest that it can be is worked to."""
    recorded = {fact.name for fact in timeline.facts}
    latest: dict[str, list[str]] = {}
    for duty, occurrence in _of_law(timeline):
        if duty.each or occurrence.law_on is None or occurrence.state in _OVER:
            continue
        for name in {*rules.names(rules.parse(duty.rule))} & files.facts.keys() - recorded:
            latest.setdefault(name, []).append(f"“{occurrence.title}” ({long_date(occurrence.law_on)})")
    for name, titles in latest.items():
        text = (
            f"“{name}” is not recorded, and the law counts from it: the latest that it can be is worked to for "
            f"{', '.join(titles)}. Expected the day, as soon as it is known."
        )
        yield warning(files.timeline_file, "facts", text)


def warnings(files: Files, *, on: date) -> Iterator[Fault]:
    """Warn of coming dates without `known`: no decision would see them before their day."""
    for number, fact in enumerate(files.timeline.facts):
        if fact.known is None and fact.on > on:
            text = f"Nothing counts from it before {long_date(fact.on)}; expected since when it is known."
            yield warning(files.timeline_file, f"facts[{number}].known", text)


def _embargoes(files: Files) -> Iterator[Fault]:
    for name, embargo in files.pack.embargoes.items():
        key = f"embargoes.{name}"
        yield from known(files.pack_file, key, name, files.facts, "fact")
        yield from known(files.pack_file, f"{key}.until", embargo.until, files.facts, "fact")
        for post in embargo.circulation:
            yield from known(files.pack_file, f"{key}.circulation", post, files.posts, "post")


def _fact(files: Files, key: str, fact: FactShape) -> Iterator[Fault]:
    file = files.timeline_file
    yield from known(file, f"{key}.fact", fact.fact, files.facts, "fact")
    if fact.until and fact.until < fact.on:
        yield error(file, f"{key}.until", f"{fact.until} is before {fact.on}; expected the last day of the event.")
    if not FIRST_YEAR <= fact.on.year <= LAST_YEAR:
        yield error(file, "lay", f"It moves a fact to {fact.on.year}; expected a day near the facts.")
    yield from _restriction(files, key, fact)
    yield from _occurrence(files, f"{key}.for", fact)


def _restriction(files: Files, key: str, fact: FactShape) -> Iterator[Fault]:
    file = files.timeline_file
    for post in fact.circulation:
        yield from known(file, f"{key}.circulation", post, files.posts, "post")
    if fact.restricted_until and not fact.circulation:
        yield error(file, f"{key}.circulation", "A restricted fact names the posts it may reach; none is given.")
    if fact.circulation and not fact.restricted_until:
        yield error(file, f"{key}.restricted_until", "A circulation holds until some day or instant; none is given.")


def _occurrence(files: Files, key: str, fact: FactShape) -> Iterator[Fault]:
    if fact.of is None:
        if fact.fact in {*OF_ONE, *(duties := _of_one_duty(files))}:
            such = f"{duties.get(fact.fact, 'monitoring-visit')}/1"
            text = f"This fact is about one occurrence; expected which, such as “for: {such}”."
            yield error(files.timeline_file, key, text)
        return
    matched = re.fullmatch(r"([a-z][a-z0-9_-]*)/([1-9]\d{0,3})", fact.of)
    if not matched or matched[1] not in files.obligations:
        text = f"Found “{fact.of}”, expected an occurrence such as “monitoring-visit/1”."
        yield error(files.timeline_file, key, text)


def _of_one_duty(files: Files) -> dict[str, str]:
    """Give the facts that confirm an occurrence, or each make an occurrence, with the duty that has it."""
    shapes = files.obligations.items()
    return {name: key for key, shape in shapes for name in (shape.confirmed_by, shape.each) if name}
