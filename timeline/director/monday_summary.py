"""What stands in the director's Monday mail: to decide or sign, at risk, moved, met. By duty and post, never by name.

It may be forwarded to anybody, so nothing under embargo is named in it, whoever reads it first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from timeline.answers.responses import State
from timeline.calendar.wording import count, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER, DutyClass
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Recipient
from timeline.escalation.confirmation import confirmer
from timeline.escalation.ladder import ended, owed, waits_for_second_person
from timeline.escalation.rag import Rag, rate
from timeline.escalation.task_context import Ground
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.rescheduling import days

SOON = 10
"""Working days ahead in which the director's own tasks are named."""
_RATED = (Rag.RED, Rag.AMBER)
_HIGH = (DutyClass.A, DutyClass.B)

Days = tuple[date, date]
"""The first and the last day of an occurrence, or of the window in which it lies."""


class Shift(NamedTuple):
    """How an occurrence stood before some instant, and how it stands since: its days (None: it had none), and its
    state.
    """

    ref: str
    was: Days | None
    now: Days | None
    state: OccurrenceState


@dataclass(frozen=True, kw_only=True)
class MondaySituation:
    """What the mail is made of: every task on its ground, every occurrence by its reference, what changed since
    `since_at` (the last Monday mail), and how many drafts wait for release.
    """

    timeline: CouncilTimeline
    since_at: datetime
    tasks: Sequence[Ground] = ()
    occurrences: Mapping[str, Occurrence] = field(default_factory=dict)
    shifts: Sequence[Shift] = ()
    drafts: int = 0


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The items of each line, the most pressing first. `in_confidence` counts matters of the reader's own list that
    are not named, `at_risk_in_confidence` other ones that are at risk; `drafts` wait for release.
    """

    decide: tuple[str, ...] = ()
    at_risk: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    in_confidence: int = 0
    at_risk_in_confidence: int = 0
    drafts: int = 0

    @property
    def needs_nobody(self) -> bool:
        return not (self.decide or self.at_risk or self.in_confidence or self.at_risk_in_confidence or self.drafts)


def summary(situation: MondaySituation, *, reader: str, at: datetime) -> Summary:
    """What stands in the mail to the holder of the post `reader`."""
    post = situation.timeline.council.director
    # A pause stops the asking, not the duty.
    due = [one for one in situation.tasks if owed(one) or _to_confirm(one, post)]
    own = sorted((one for one in due if needs(one, post)), key=_by_date)
    risky = sorted((one for one in due if one not in own and at_risk(one)), key=_by_risk)
    return Summary(
        decide=tuple(_to_decide(one) for one in own if not _hidden(one.milestone.embargoes, at)),
        at_risk=tuple(_risks(one for one in risky if not _hidden(one.milestone.embargoes, at))),
        moved=tuple(_moved(situation, at)),
        met=tuple(_met(situation, at)),
        in_confidence=_in_confidence(own, reader, at),
        at_risk_in_confidence=_in_confidence(risky, reader, at),
        drafts=situation.drafts,
    )


def needs(found: Ground, post: str) -> bool:
    """Whether a task waits for the holder of that post: as the owner, within ten working days or overdue, to help, or
    to confirm what another has done.

    What the owner passed on is somebody else's.
    """
    if helped_by(found, post) or _to_confirm(found, post):
        return True
    asked = found.recipient(OWNER)
    mine = found.milestone.owner == post or (asked is not None and asked.meant.key == post)
    given = bool(found.standing.delegated_to) and (asked is None or asked.meant.key != post)
    due_on = found.milestone.due_on
    return mine and not given and due_on is not None and due_on <= found.office.add(found.on, SOON)


def _to_confirm(found: Ground, post: str) -> bool:
    first = confirmer(found) if waits_for_second_person(found) else None
    return first is not None and first.post.key == post


def helped_by(found: Ground, post: str) -> bool:
    """Whether a call for help, or a task that was declined, has reached the holder of that post."""
    helper = _helper(found)
    return helper is not None and helper.meant.key == post


def _helper(found: Ground) -> Recipient | None:
    response = found.standing.response
    if response is None or found.standing.state not in (State.BLOCKED, State.DECLINED):
        return None
    return found.helper_of(response.person)


def at_risk(found: Ground) -> bool:
    """Red or amber, of class A or B; of any class when it is overdue and its ladder has ended: nobody else is told."""
    rag = rate(found).rag
    if found.milestone.duty_class in _HIGH:
        return rag in _RATED
    return rag is Rag.RED and ended(found)


def _hidden(embargoes: Iterable[Embargo], at: datetime) -> bool:
    """Whether anything of it is in confidence now. Whoever gets the mail forwarded may not be in the circulation."""
    return any(one.until is None or at < one.until for one in embargoes)


def _in_confidence(tasks: Iterable[Ground], reader: str, at: datetime) -> int:
    hidden = (one for one in tasks if _hidden(one.milestone.embargoes, at) and one.in_circulation(reader))
    return len({(one.milestone.obligation, one.milestone.number) for one in hidden})


def _by_date(found: Ground) -> tuple[date, str]:
    return (found.milestone.due_on or date.max, found.milestone.ref)


def _by_risk(found: Ground) -> tuple[str, bool, date, str]:
    """The law's dates first: what is overdue in class B must not push them into "and n more"."""
    return (found.milestone.duty_class.value, rate(found).rag is not Rag.RED, *_by_date(found))


def _to_decide(found: Ground) -> str:
    helped = ", where help is asked for" if found.standing.state is State.BLOCKED else ""
    helped = ", which was declined" if found.standing.state is State.DECLINED else helped
    return f"{found.milestone.title}{helped}, {_due(found)}"


def _due(found: Ground) -> str:
    if found.standing.state is State.UNCONFIRMED:
        return "done, to be confirmed"
    due_on, legal_on = found.milestone.due_on, found.milestone.legal_on
    if due_on is None:
        return "without a date"
    last_on = max(due_on, legal_on or due_on)
    if last_on < found.on:
        return f"overdue since {_day(last_on, found.on)}"
    return f"due {_day(due_on if due_on >= found.on else last_on, found.on)}"


def _day(that_on: date, on: date) -> str:
    """Such as "Thu 28 Nov", with the year when it is another one."""
    text = short_date(that_on)
    return text if that_on.year != on.year else text.rpartition(" ")[0]


def _risks(tasks: Iterable[Ground]) -> Iterator[str]:
    """One item for each occurrence, in the order of the most pressing task of each."""
    theirs: dict[tuple[str, int], list[Ground]] = {}
    for one in tasks:
        theirs.setdefault((one.milestone.obligation, one.milestone.number), []).append(one)
    for ones in theirs.values():
        first = ones[0]
        if len(ones) == 1:
            yield f"{first.milestone.title} ({rate(first).rag.value}, {_due(first)})"
        else:
            yield f"{first.milestone.duty}: {count(len(ones), 'task')} ({_colours(ones)}), the first {_due(first)}"


def _colours(ones: Sequence[Ground]) -> str:
    rags = sorted((rate(one).rag for one in ones), key=_RATED.index)
    if len(set(rags)) == 1:
        return f"all {rags[0].value}"
    return ", ".join(f"{len(list(same))} {rag.value}" for rag, same in groupby(rags))


def _moved(situation: MondaySituation, at: datetime) -> Iterator[str]:
    """What lies ahead by its old date or its new one, by the new one."""
    known = [one for one in situation.shifts if _may_be_told(situation, one.ref, at)]
    for one in sorted(known, key=lambda one: (one.now or one.was or (date.max, date.max), one.ref)):
        title = situation.occurrences[one.ref].title
        if one.state is OccurrenceState.CANCELLED:
            yield f"{title}: cancelled" + (f", was {_period(one.was)}" if one.was else "")
        elif one.state is not OccurrenceState.TOOK_PLACE and one.was != one.now and one.now:
            yield f"{title}: {f'{_period(one.was)} → ' if one.was else 'now '}{_period(one.now)}"


def _period(found: Days) -> str:
    first_on, last_on = found
    return short_date(first_on) if first_on == last_on else days(first_on, last_on)


def _may_be_told(situation: MondaySituation, ref: str, at: datetime) -> bool:
    found = situation.occurrences.get(ref)
    return found is not None and found.ours and not _hidden(found.embargoes, at)


def _met(situation: MondaySituation, at: datetime) -> Iterator[str]:
    """First what was submitted or held, then what else was done, by duty."""
    for one in situation.shifts:
        if one.state is OccurrenceState.TOOK_PLACE and _may_be_told(situation, one.ref, at):
            yield f"{situation.occurrences[one.ref].title}, held {_period(one.now)}" if one.now else one.ref
    done = [one for one in situation.tasks if _done_since(one, situation.since_at)]
    told = sorted((one for one in done if not _hidden(one.milestone.embargoes, at)), key=_of_duty)
    yield from (one.milestone.title for one in told if one.milestone.completes)
    for _, same in groupby((one for one in told if not one.milestone.completes), key=_of_duty):
        ones = list(same)
        yield ones[0].milestone.title if len(ones) == 1 else f"{ones[0].milestone.duty}: {len(ones)} tasks done"


def _done_since(found: Ground, since_at: datetime) -> bool:
    response = found.standing.response
    met = found.standing.confirmed or response
    return found.standing.state is State.DONE and met is not None and met.at > since_at


def _of_duty(found: Ground) -> tuple[str, int]:
    return (found.milestone.obligation, found.milestone.number)
