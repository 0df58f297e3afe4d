"""Plan the tasks round an occurrence, each counted from its days, a sibling or a fact."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from timeline import rules
from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import london_date, start_of_day
from timeline.calendar.provisional import provisional
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.duties import MilestoneRule, Obligation
from timeline.definitions.facts import Fact
from timeline.definitions.refs import task_ref
from timeline.definitions.standing import STATED
from timeline.planning import explanation
from timeline.planning import rescheduling as moves
from timeline.planning.because import reason
from timeline.planning.due_dates import PAST_CALENDAR, outcome_of, provisionally
from timeline.planning.occurrence_dates import LOCAL_NAMES, OccurrenceDates
from timeline.planning.occurrences import Dated, Milestone, in_dependency_order, resting_on
from timeline.planning.reading_facts import causes_of, from_meetings
from timeline.planning.unarranged import unarranged


def milestones(dates: OccurrenceDates) -> tuple[Milestone, ...]:
    """Work out the occurrence's tasks in the order of the rule pack, each after those it counts from."""
    names = dates.names()
    made: dict[str, Milestone] = {}
    for rule in (_chosen(rule, names) for rule in in_order(dates.obligation)):
        needed = {name: names[name] for name in rules.names(rules.parse(rule.when)) if name in names}
        facts = resting_on(needed, needed)
        made[rule.key] = milestone = _milestone(dates, rule, needed, facts)
        if milestone.due_on:
            names[_name(rule)] = Dated(milestone.due_on, "", facts, f"“{rule.title}”")
    asked = (rule for rule in dates.tasks if not _is_known(made[rule.key], rule, names))
    tasks = tuple(made[rule.key] for rule in asked)
    # In a window there are days left to arrange it on.
    held_on = dates.legal_on if dates.fact is None and not dates.is_window else None
    unasked = unarranged(dates.obligation, dates.dates, (task.due_on for task in tasks), held_on=held_on)
    return tuple(replace(task, closed_because=task.closed_because or unasked) for task in tasks) if unasked else tasks


def _chosen(rule: MilestoneRule, names: Mapping[str, Dated]) -> MilestoneRule:
    """Count a step from the meeting that decides, once it is chosen."""
    known = (when for when in from_meetings(rule) if all(name in names for name in rules.names(rules.parse(when))))
    chosen = next(known, None)
    return replace(rule, when=chosen) if chosen else rule


def _after_its_cause(outcome: rules.Outcome, dates: OccurrenceDates, rule: MilestoneRule) -> rules.Outcome:
    """Put a step that would lie on the day of what causes it, or before, on the first working day after that.

    That is a step that leads there; and of what a record begins a step that counts from an earlier fact: advice may
    come long before the decision. The day of the duty itself stays.
    """
    cause = max(_causes(dates, rule), key=lambda cause: cause.on, default=None)
    if cause is None or outcome.legal_on is None or outcome.legal_on > cause.on:
        return outcome
    if not (_leads_there(rule) or (dates.obligation.each and not _counts_from_own_days(rule.when))):
        return outcome
    after = _outcome("1 working day after cause", (("cause", cause),), dates.calendars, True)
    if after.legal_on is None or (cause == dates.stated_since and not _may_be_late(rule, outcome, after, dates)):
        return outcome
    said = (
        f"{long_date(outcome.legal_on)} would be before anybody could begin; {long_date(after.legal_on)} is the first"
    )
    return replace(after, steps=(*outcome.steps, f"{said} working day after {cause.called}."))


def _causes(dates: OccurrenceDates, rule: MilestoneRule) -> Iterator[Dated]:
    """Give the days before which nobody could begin: of the facts that make the duty (a report is received in
    confidence, and partners hear of it once it is published), of the first record of the day that somebody states for
    it, and of the choice of the meeting from which a step counts.
    """
    names = dates.names()
    for cause in causes_of(dates.obligation):
        if dates.book.get(cause, dates.ref):
            yield replace(names[cause], called=plain_name(cause))
    if dates.stated_since and _leads_there(rule):
        yield dates.stated_since
    if rule.when in from_meetings(rule):
        for meeting in rules.names(rules.parse(rule.when)):
            if known := dates.book.known_since((meeting,), dates.ref, on=names[meeting].on):
                yield Dated(london_date(known), called="the day on which the meeting was chosen")


def _may_be_late(rule: MilestoneRule, own: rules.Outcome, after: rules.Outcome, dates: OccurrenceDates) -> bool:
    """Tell whether a step can be done on a day after its own: it leads there still, and no law wants it today."""
    since, on, last_on = dates.stated_since, after.legal_on, dates.legal_on
    is_today = rule.standing.binds and since is not None and own.legal_on == since.on
    return not (is_today or rule.too_late or (on and last_on and on > last_on))


def _is_known(task: Milestone, rule: MilestoneRule, names: Mapping[str, Dated]) -> bool:
    """Tell whether the day to find out was known before anybody could be asked for it."""
    if not task.finds_out or task.recorded is None:
        return False
    since = next((names[name].on for name in rules.names(rules.parse(rule.when)) if name in names), None)
    return since is None or task.recorded.known_at <= start_of_day(since)


def in_order(obligation: Obligation) -> tuple[MilestoneRule, ...]:
    """Put each task after the siblings it counts from; raise CircularRule."""
    by_name: dict[str, list[MilestoneRule]] = {}
    for rule in obligation.milestones:
        by_name.setdefault(_name(rule), []).append(rule)
    whens = tuple((name, rules[0].when) for name, rules in by_name.items())
    return tuple(rule for name in _names_in_order(whens) for rule in by_name[name])


def _name(rule: MilestoneRule) -> str:
    """Give the name from which siblings count: the tasks of several posts share a rule, and so a date."""
    return rule.shared or rule.key


@lru_cache(maxsize=4096)
def _names_in_order(whens: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Order the names by need, cached because every occurrence of a duty has the same tasks."""
    keys = {key for key, _ in whens}
    return in_dependency_order({key: [n for n in rules.names(rules.parse(when)) if n in keys] for key, when in whens})


def _milestone(
    dates: OccurrenceDates, rule: MilestoneRule, names: Mapping[str, Dated], facts: frozenset[str]
) -> Milestone:
    counted = _outcome_within(dates, rule, tuple(names.items()))
    outcome = _after_its_cause(counted, dates, rule)
    because = reason(dates.obligation, rule.when, names, dates.days)
    recorded = dates.recorded(rule)
    is_stated = bool(dates.stated) and rule.standing.binds and _on_its_date(rule.when)
    return Milestone(
        ref=task_ref(dates.obligation.key, dates.duty_date.number, rule.key),
        obligation=dates.obligation.key,
        number=dates.duty_date.number,
        key=rule.key,
        title=f"{rule.title} ({rule.whose})" if rule.whose else rule.title,
        duty=dates.obligation.title,
        asks=rule.asks,
        owner=rule.owner,
        duty_class=dates.obligation.duty_class,
        ladder=rule.ladder,
        legal_on=outcome.legal_on,
        due_on=outcome.working_on,
        basis=explanation.stated_basis(dates.stated) if is_stated else rule.basis,
        standing=STATED if is_stated else rule.standing if outcome == counted else rule.standing.as_our_reading,
        waits_for=_readable(outcome.waits_for, dates),
        why=_why(rule, outcome, dates),
        brief=_brief(rule, outcome, dates),
        embargoes=dates.book.embargoes(facts | ({recorded.name} if recorded else set()), dates.ref),
        completes=rule.completes,
        ours=rule.ours,
        checklist=rule.checklist,
        confirm=rule.confirm,
        act=rule.act,
        waits_for_election=rule.waits_for_election,
        because=because.sentence,
        because_until=because.until_on,
        closed_because=_closed_because(dates, rule, outcome, recorded),
        recorded=recorded,
        provisional=dates.provisional_on is not None and _counts_from_own_days(rule.when),
        finds_out=rule.done_by in rules.names(rules.parse(dates.obligation.rule)),
    )


def _closed_because(dates: OccurrenceDates, rule: MilestoneRule, outcome: rules.Outcome, recorded: Fact | None) -> str:
    """Say why nobody is asked for a task any more. A second person is still asked whether what was owed is off."""
    if recorded and recorded.name == moves.CANCELLED:
        return ""
    return dates.closed_because(outcome.working_on) or _overtaken(dates, rule) or _gone_by(dates, rule, outcome)


def _gone_by(dates: OccurrenceDates, rule: MilestoneRule, outcome: rules.Outcome) -> str:
    """Say why nobody is asked for what was too late when its day was recorded; empty for what can be done still."""
    since, on = dates.stated_since, outcome.legal_on
    if since is None or on is None or on >= since.on or not _leads_there(rule):
        return ""
    return " ".join(filter(None, (moves.gone_by(dates.obligation.kind, on, since.on), rule.too_late)))


def _overtaken(dates: OccurrenceDates, rule: MilestoneRule) -> str:
    """Say why nobody is asked for what leads to a submission that is recorded; empty for all else."""
    if dates.submitted is None or not _leads_there(rule) or rule.completes or dates.recorded(rule):
        return ""
    return moves.was_submitted(dates.obligation, dates.submitted)


def _outcome_within(dates: OccurrenceDates, rule: MilestoneRule, names: tuple[tuple[str, Dated], ...]) -> rules.Outcome:
    """Work out a task's date; from a provisional date comes a provisional date, which waits past the calendar."""
    local = rule.standing.is_own
    if dates.provisional_on is None or not _counts_from_own_days(rule.when):
        return _outcome(rule.when, names, dates.calendars, local)
    guessed = _outcome(rule.when, names, provisional(dates.calendars), local)
    said = provisionally(dates.provisional_on)
    if guessed.working_on and guessed.working_on <= dates.calendars.law.last_on:
        return replace(guessed, steps=(*guessed.steps, said))
    return rules.Outcome(rule=rule.when, waits_for=PAST_CALENDAR, steps=(said,))


def _leads_there(rule: MilestoneRule) -> bool:
    """Tell whether a task is counted backwards, from what it prepares."""
    bare = rules.plain(rules.parse(rule.when))
    return (isinstance(bare, rules.Offset) and not bare.after) or isinstance(bare, rules.Clear)


@lru_cache(maxsize=4096)
def _counts_from_own_days(when: str) -> bool:
    return bool({*rules.names(rules.parse(when))} & {*LOCAL_NAMES})


@lru_cache(maxsize=16384)
def _outcome(when: str, names: tuple[tuple[str, Dated], ...], calendars: Calendars, local: bool) -> rules.Outcome:
    """Evaluate a task's rule, cached because a council is planned often and most of its tasks stay the same."""
    return outcome_of(when, dict(names), calendars, local=local)


@lru_cache(maxsize=4096)
def _on_its_date(when: str) -> bool:
    """Tell whether a milestone is due on the duty's own date."""
    bare = rules.plain(rules.parse(when))
    return isinstance(bare, rules.By | rules.On) and bare.anchor in LOCAL_NAMES


def _own_steps(rule: MilestoneRule, outcome: rules.Outcome) -> tuple[str, ...]:
    """Give the steps of the task's own rule; none for a task due on the duty's date, which has the duty's words."""
    return () if outcome.legal_on and _on_its_date(rule.when) else outcome.steps


def _why(rule: MilestoneRule, outcome: rules.Outcome, dates: OccurrenceDates) -> tuple[str, ...]:
    """Explain by the task's own count and the duty's date in short; on the duty's date by the duty's full reason."""
    own = _own_steps(rule, outcome)
    duty = (*dates.duty_date.brief, *dates.set_on) if own and dates.duty_date.brief else dates.why
    return tuple(dict.fromkeys((*own, *duty)))


def _brief(rule: MilestoneRule, outcome: rules.Outcome, dates: OccurrenceDates) -> tuple[str, ...]:
    """Explain in short by the task's own count and then the duty's; on the duty's date by the duty's alone."""
    set_on = dates.set_on
    if not _own_steps(rule, outcome):
        return (*dates.duty_date.brief, *set_on)
    own = explanation.headline(rules.parse(rule.when), outcome)
    return tuple(dict.fromkeys((own, *(set_on or dates.duty_date.brief[:1]))))


def _readable(waits_for: tuple[str, ...], dates: OccurrenceDates) -> tuple[str, ...]:
    """Name the facts that would set the days it waits for, in place of names such as “due” or “start”."""
    own = dates.duty_date.waits_for or tuple(filter(None, (dates.obligation.confirmed_by,)))
    facts = (own if name in LOCAL_NAMES and own else (name,) for name in waits_for)
    return tuple(dict.fromkeys(name for names in facts for name in names))
