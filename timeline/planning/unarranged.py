"""Say that the first of a council's own series may fall so soon that nobody could arrange it: then nobody is asked
about it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from timeline import rules
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.duties import Obligation
from timeline.planning.occurrences import Dated

# Days off move the first of a series before the day that it counts from, by no more than the longest run of them.
_MOST_MOVED = timedelta(days=6)


def unarranged(
    obligation: Obligation, dates: Mapping[str, Dated], due_on: Iterable[date | None], *, held_on: date | None
) -> str:
    """Say why nobody is asked about an occurrence of a series that `held_on` no fact of its own sets, and no law or
    direction: of a council's own, or in the place that we give a yearly meeting with Ofsted.

    Something that had to be done before it (`due_on` of its tasks) was due by the day from which the series counts: the
    theme of a session, before anybody had heard of the report. Empty where there was time to arrange it all.
    """
    rule = rules.parse(obligation.rule)
    if held_on is None or obligation.standing.binds or not rules.is_series(rule):
        return ""
    begun_by = held_on + _MOST_MOVED
    # Of two notices the later begins a series of its own.
    counted_from = [(name, dates[name]) for name in rules.names(rule) if name in dates and dates[name].on <= begun_by]
    if not counted_from:
        return ""
    name, begun = max(counted_from, key=lambda named: named[1].on)
    if all(on > begun.on for on in due_on if on and on < held_on):
        return ""
    called = begun.called or f"“{plain_name(name)}”"
    return f"It falls too soon after {called}, {long_date(begun.on)}, for anybody to have arranged it."
