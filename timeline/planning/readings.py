"""Lay the readings of a date side by side: which is worked to, whether they agree, and how to settle it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline import rules
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.duties import NamedRule, Obligation
from timeline.planning.explanation import headline, recording
from timeline.planning.occurrences import AS_THE_LAW_SAYS, Dated
from timeline.rules import Outcome, Reading

# The body to ask for a fact that is not recorded for certain.
_ASK: Mapping[str, str] = {"report_received": "Ask Ofsted for the day the report was sent and record it"}


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Hold every reading of a date with sentences about them; `agreement` and `settle` are empty where nothing
    is open.
    """

    readings: tuple[Reading, ...]
    agreement: str
    settle: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        beside = tuple(reading.sentence for reading in self.readings) if len(self.readings) > 1 else ()
        return (*beside, *([self.agreement] if self.agreement else []), *self.settle)

    @property
    def brief(self) -> tuple[str, ...]:
        """Give the sentences for a mail: only those about open questions."""
        return (*([self.agreement] if self.agreement and self.settle else []), *self.settle)


def compared(
    obligation: Obligation,
    as_written: Outcome,
    beside: Sequence[tuple[NamedRule, Outcome]],
    *,
    worked_to: str,
    dates: Mapping[str, Dated],
) -> Compared:
    """Compare the rule with the readings beside it that give a date; `worked_to` names the reading that counts."""
    own = NamedRule(name=AS_THE_LAW_SAYS, rule=obligation.rule, basis=obligation.basis)
    shown = [(own, as_written)] if as_written.legal_on else []
    readings = tuple(_reading(rule, outcome, worked_to) for rule, outcome in (*shown, *beside))
    agreement = _agreement(readings, as_written)
    return Compared(readings=readings, agreement=agreement, settle=_settle(obligation, as_written, readings, dates))


def _reading(rule: NamedRule, outcome: Outcome, worked_to: str) -> Reading:
    if outcome.legal_on is None:
        raise ValueError(f"Reading {rule.name} has no date.")
    return Reading(
        rule.name,
        outcome.legal_on,
        outcome.working_on,
        rule=rule.rule,
        basis=rule.basis,
        says=headline(rules.parse(rule.rule), outcome),
        worked_to=rule.name == worked_to,
        upper_bound=rule.upper_bound,
    )


def _agreement(readings: Sequence[Reading], as_written: Outcome) -> str:
    stated = [reading for reading in readings if not reading.upper_bound and reading.name != AS_THE_LAW_SAYS]
    if as_written.legal_on is None:
        return _without_the_law(readings, stated, as_written)
    capped = min((reading.legal_on for reading in readings if reading.upper_bound), default=as_written.legal_on)
    if capped < as_written.legal_on:
        return f"The rule gives a later date than it can be, {long_date(capped)} at the latest; we work to no later."
    if not stated:
        return ""
    days = {reading.legal_on for reading in stated}
    if days == {as_written.legal_on}:
        return "The stated date and the law's agree."
    if len(days) > 1:
        return "The stated dates do not agree with the law's or with each other; we work to the earliest."
    later = days.pop() > as_written.legal_on
    return f"The stated date is {'later' if later else 'earlier'} than the law's; we work to the earlier."


def _without_the_law(readings: Sequence[Reading], stated: Sequence[Reading], as_written: Outcome) -> str:
    """Say, while the law's own date is unknown, the latest that it can be, and that it may be earlier."""
    latest = min((reading.legal_on for reading in readings if reading.upper_bound), default=None)
    missing = plain_name(next(iter(as_written.waits_for), ""))
    if latest is None:
        return f"What the law counts from, {missing}, is not known; we work to the stated date."
    bound = f"No later than {long_date(latest)}, and earlier if {_happened(missing)} earlier."
    return f"{bound} We work to the earliest date there is." if stated else bound


def _happened(fact: str) -> str:
    return "the report was received" if fact == "report received" else f"{fact} was"


def _settle(
    obligation: Obligation, as_written: Outcome, readings: Sequence[Reading], dates: Mapping[str, Dated]
) -> tuple[str, ...]:
    """Say how to settle an open question: the law's own date is missing or inferred, or the readings differ."""
    unsure = [name for name in rules.names(rules.parse(obligation.rule)) if _unsure(name, as_written, dates)]
    advice = [f"{_ASK.get(name, f'Find out {plain_name(name)} and record it')}: {recording(name)}." for name in unsure]
    counting = {reading.legal_on for reading in readings if not reading.upper_bound}
    if len(counting) > 1:
        # The latest that a date can be settles nothing once the date itself is known.
        names = {reading.name for reading in readings if not (reading.upper_bound and as_written.legal_on)}
        advice += [rule.settle for rule in obligation.readings if rule.settle and rule.name in names]
        advice = advice or ["Ask whoever stated the other date which one holds, and record the answer with its source."]
    return tuple(dict.fromkeys(advice))


def _unsure(name: str, as_written: Outcome, dates: Mapping[str, Dated]) -> bool:
    return name in as_written.waits_for or (name in dates and dates[name].inferred)
