"""Check a rule of the date language: it can be read and worked out, and knows the names it counts from."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from config.timeline_files.faults import Fault, error
from timeline import rules
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.wording import near
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.standing import Standing
from timeline.rules import Anchor, RuleError

# Any day shows whether a rule can be worked out.
_SOME_DAY = Anchor(date(2020, 1, 6))


def faults(
    file: str, key: str, text: str, standing: Standing, names: frozenset[str], *, may_repeat: bool = False
) -> Iterator[Fault]:
    """Report the faults of the rule `text` of that standing, which may count from `names`."""
    try:
        rule = rules.parse(text)
    except RuleError as fault:
        yield error(file, key, str(fault))
        return
    sentences = tuple(_rule_faults(rule, standing, names, may_repeat))
    yield from (error(file, key, sentence) for sentence in sentences or _unworkable(rule))


def _rule_faults(rule: rules.Rule, standing: Standing, names: frozenset[str], may_repeat: bool) -> Iterator[str]:
    if rules.is_series(rule) and not may_repeat:
        yield f"Rule “{rule}” gives many dates, expected one, such as “5 working days before due”."
    if rules.is_series(rule) and rules.plain(rule).anchor is None:
        yield f"Rule “{rule}” has no place to begin, expected “from” and a fact or a date."
    if isinstance(rule, rules.Rolled) and not standing.is_own:
        yield f"Only the council's own rule may move a date to a working day; this one is {standing.kind.value}."
    for name in rules.names(rule):
        if name not in names:
            yield f"“{name}” is no fact, duty or milestone known here.{near(name, names)}"


def _unworkable(rule: rules.Rule) -> Iterator[str]:
    """Report faults that only show when a rule is worked out, such as a year beyond all calendars."""
    anchors = dict.fromkeys(rules.names(rule), _SOME_DAY)
    try:
        if rules.is_series(rule):
            tuple(rules.series(rule, anchors=anchors, calendars=calendars(), until=_SOME_DAY.on, local=True))
        else:
            rules.evaluate(rule, anchors=anchors, calendars=calendars(), local=True)
    except BeyondCalendar:
        return
    except RuleError as fault:
        yield str(fault)


def counted_from(texts: Iterable[str]) -> set[str]:
    """Give the names in rules; a rule that cannot be read has its own fault."""
    names: set[str] = set()
    for text in texts:
        with suppress(RuleError):
            names |= set(rules.names(rules.parse(text)))
    return names
