"""Say that the first of a council's own series may fall so soon that nobody could arrange it: then nobody is asked
about it.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from timeline import rules
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.duties import Obligation
from timeline.planning.occurrences import Dated


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
    counted_from = [(name, dates[name]) for name in rules.names(rule) if name in dates]
    if not counted_from:
        return ""
    # Of two notices the later begins a series of its own. A day off moves the first of a series before its beginning.
    begun_by_then = [named for named in counted_from if named[1].on <= held_on]
    name, begun = max(begun_by_then or counted_from, key=lambda named: named[1].on)
    if all(on > begun.on for on in due_on if on and on < held_on):
        return ""
    called = begun.called or f"“{plain_name(name)}”"
    return f"It falls too soon after {called}, {long_date(begun.on)}, for anybody to have arranged it."
