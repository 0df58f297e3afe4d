"""Find who reads a fact: which duties, which of their occurrences, and for what."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from timeline import rules
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import MilestoneRule, Obligation
from timeline.definitions.facts import FIRST_SIGN_OFF_MEETING, PROCLAIMED, REGIME_ENDED, SIGN_OFF_MEETING, Fact
from timeline.definitions.refs import duty_of, number_of, occurrence_ref
from timeline.planning.rescheduling import AGREED, CANCELLED, HELD, MOVED

OF_ONE = (MOVED, AGREED, HELD, CANCELLED)
_VISIT = "monitoring-visit/1"


def needs_occurrence(timeline: CouncilTimeline) -> frozenset[str]:
    """Name the facts that mean nothing without an occurrence: no fact moves or cancels everything."""
    named = (name for duty in timeline.obligations for name in (duty.confirmed_by, duty.each) if name)
    return frozenset({*OF_ONE, *named})


def read_of(duty: Obligation, timeline: CouncilTimeline) -> frozenset[str]:
    """Name the facts that an occurrence of a duty reads of its own."""
    counted = _counted(_whens(duty))
    dated = _counted((duty.rule, *(reading.rule for reading in duty.readings))) if duty.each or duty.again else ()
    said = filter(None, (duty.confirmed_by, duty.each, duty.again, duty.condition, duty.ended_by))
    names = {*counted, *dated, *said, *ends_of(duty)}
    return frozenset({*OF_ONE, *names, *_lifting(timeline, names)})


def days_of(timeline: CouncilTimeline) -> frozenset[str]:
    """Name the facts that say on which days something is to be: visits confirmed, meetings, moves."""
    duties = timeline.obligations
    confirmed = (duty.confirmed_by for duty in duties if duty.confirmed_by)
    meetings = (duty.each for duty in duties if duty.each and isinstance(rules.plain(rules.parse(duty.rule)), rules.On))
    return frozenset({MOVED, AGREED, *confirmed, *meetings})


def deadlines(timeline: CouncilTimeline) -> frozenset[str]:
    """Name the facts that are days by which something is due: such a day may be any."""
    parsed = (rules.plain(rules.parse(text)) for duty in timeline.obligations for text in _texts(duty))
    return frozenset(name for rule in parsed if isinstance(rule, rules.By) for name in rules.names(rule))


def ends(timeline: CouncilTimeline) -> frozenset[str]:
    """Name the facts that end a task, and with it its duty."""
    return frozenset(name for duty in timeline.obligations for name in ends_of(duty))


def ends_of(duty: Obligation) -> Iterator[str]:
    yield from (rule.done_by for rule in duty.milestones if rule.done_by)


def drives_nothing(name: str, timeline: CouncilTimeline) -> bool:
    """Tell whether no date, no task and no embargo hangs on a fact of that name, and no other fact is held to it."""
    read = {name for duty in timeline.obligations for name in (*_counted(_texts(duty)), *read_of(duty, timeline))}
    kept = {PROCLAIMED, REGIME_ENDED, *_lifting(timeline, dict(timeline.council.embargoes))}
    return name not in read | kept | {key for key, _ in timeline.council.embargoes}


def _texts(duty: Obligation) -> tuple[str, ...]:
    readings = (reading.rule for reading in duty.readings)
    return (duty.rule, *readings, *_whens(duty))


def _whens(duty: Obligation) -> tuple[str, ...]:
    return tuple(text for rule in duty.milestones for text in (rule.when, *from_meetings(rule)))


def from_meetings(rule: MilestoneRule) -> tuple[str, ...]:
    """Give the rules by which a task counts from the meeting that decides, the first that is known before the others.

    What leads to a meeting leads to the first: where committees agree in turn, the papers are ready for it.
    """
    return _from_meetings(rule.from_meeting) if rule.from_meeting else ()


@lru_cache(maxsize=256)
def _from_meetings(when: str) -> tuple[str, ...]:
    bare = rules.plain(rules.parse(when))
    leads_there = isinstance(bare, rules.Offset) and not bare.after
    return (when.replace(SIGN_OFF_MEETING, FIRST_SIGN_OFF_MEETING), when) if leads_there else (when,)


def causes_of(duty: Obligation) -> tuple[str, ...]:
    """Name the facts after which a duty comes by its rule, by the latest that its date can be, or because each of them
    makes an occurrence: an instruction that states its own day.
    """
    texts = (duty.rule, *(reading.rule for reading in duty.readings if reading.upper_bound))
    plain = (rules.plain(rules.parse(text)) for text in texts)
    after = (
        rule for rule in plain if isinstance(rule, rules.Within) or (isinstance(rule, rules.Offset) and rule.after)
    )
    each = duty.each if duty.each and duty.each not in rules.names(rules.parse(duty.rule)) else None
    return tuple(dict.fromkeys((*(name for rule in after for name in rules.names(rule)), *filter(None, (each,)))))


def stated_by(duty: Obligation) -> str | None:
    """Name the fact that states a duty's own date, such as a meeting or the day of the commissioner's report."""
    bare = rules.plain(rules.parse(duty.rule))
    return bare.anchor if isinstance(bare, rules.On | rules.By) and isinstance(bare.anchor, str) else None


def as_meant(fact: Fact, timeline: CouncilTimeline) -> Fact:
    """Bind a fact to its occurrence where it names none: what closes a notice to the newest that stood on its day, so
    that the end of an earlier notice stays; the meeting that decides to the submission that it decides.
    """
    if fact.occurrence:
        return fact
    meant = (*could_mean(fact, timeline), *_decided(fact.name, timeline))
    return replace(fact, occurrence=meant[0]) if meant else fact


def could_mean(fact: Fact, timeline: CouncilTimeline) -> tuple[str, ...]:
    """Give the occurrences that a fact could end which names none, the newest first."""
    ended = [duty for duty in timeline.obligations if duty.each and duty.ended_by == fact.name]
    begun = {
        each.occurrence or ""
        for duty in ended
        for each in timeline.facts
        if each.name == duty.each and duty_of(each.occurrence or "") == duty.key and each.on <= fact.on
    }
    return tuple(sorted(begun, key=lambda ref: number_of(ref) or 0, reverse=True))


def example(name: str, timeline: CouncilTimeline) -> str:
    """Give an occurrence that a fact of that name can be about, for people who named none."""
    duties = (duty.key for duty in timeline.obligations if name in (duty.each, duty.confirmed_by))
    return next((occurrence_ref(key, 1) for key in duties), _VISIT)


def _decided(name: str, timeline: CouncilTimeline) -> Iterator[str]:
    deciding = [
        duty.key
        for duty in timeline.obligations
        if any(name in rules.names(rules.parse(when)) for rule in duty.milestones for when in from_meetings(rule))
    ]
    if len(deciding) == 1:
        yield occurrence_ref(deciding[0], 1)


def _counted(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(name for text in texts for name in rules.names(rules.parse(text)))


def _lifting(timeline: CouncilTimeline, names: Iterable[str]) -> frozenset[str]:
    """Name the facts that lift the embargo on any of these names."""
    embargoes = dict(timeline.council.embargoes)
    return frozenset(until for name in names if name in embargoes and (until := embargoes[name].until_fact))
