"""State what holds for every council, whatever its kind and its day: each law gives what breaks it, in lines."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache
from typing import Any

from tests.councils.invented import Invented, invented
from tests.timeline.independent import disagreements
from tests.timeline.second_count import Beyond, Days
from timeline.calendar.london import london_date, london_time, months_after, start_of_week
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass
from timeline.escalation.task_context import task_context
from timeline.forecast import mail_load
from timeline.forecast.rehearsal import Rehearsed, rehearse
from timeline.letters.reminder import mail_view, subject
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.planning.plan import plan
from timeline.steering.explained import task_dates

_MORNING = time(9)
_GIVEN = "the law gives the council until "
_OF_ANOTHER_SUBMISSION = 2
_STATED = re.compile(r"(?:on|by) (\w+)$")
_CABINET = re.compile(r"(?<!Medway's report to )\bCabinet\b")


def plans(of: Invented) -> Iterator[tuple[date, tuple[Occurrence, ...]]]:
    """Plan on each day on which somebody came to know something."""
    for on in sorted({max(london_date(fact.known_at), of.published_on) for fact in of.timeline.facts}):
        yield on, planned(of.number, on)


@cache
def planned(number: int, on: date) -> tuple[Occurrence, ...]:
    of = invented(number)
    at = london_time(on, _MORNING)
    return plan(of.timeline, at=at, until=min(of.until_on, of.timeline.as_known(at=at).calendars.law.last_on))


@cache
def told(number: int, responses: Any) -> tuple[Rehearsed, ...]:
    """Rehearse the year of a council, or what the verified calendar leaves of it."""
    of = invented(number)
    to_on = min(of.until_on, of.timeline.calendars.law.last_on)
    return tuple(rehearse(of.timeline, from_on=of.published_on, to_on=to_on, responses=responses))


def second_count(of: Invented) -> Iterator[str]:
    """Give each date that another calculation does not give."""
    for on, occurrences in plans(of):
        at = london_time(on, _MORNING)
        until = min(of.until_on, of.timeline.as_known(at=at).calendars.law.last_on)
        yield from (f"on {on}: {line}" for line in disagreements(of.timeline, occurrences, at=at, until=until))


def before_its_cause(of: Invented) -> Iterator[str]:
    """Give each step of the council's own that is asked for by the day of what causes it, or before."""
    duties = {duty.key: duty for duty in of.timeline.obligations}
    for on, occurrences in plans(of):
        begun = {f.name: f.on for f in of.timeline.facts if f.occurrence is None and london_date(f.known_at) <= on}
        for occurrence in occurrences:
            duty = duties[occurrence.obligation]
            own = {f.name: f.on for f in of.timeline.facts if f.occurrence == occurrence.ref}
            cause = duty.each or "report_received"
            since = own.get(cause) or begun.get(cause) or begun.get("report_published", date.min)
            if stated := _STATED.match(duty.rule):
                # The day itself lies ahead: nobody could begin before it was known.
                cause, known = f"the record of {stated[1]}", [f for f in of.timeline.facts if f.name == stated[1]]
                since = min(
                    (london_date(f.known_at) for f in known if f.occurrence in (None, occurrence.ref)), default=since
                )
            for task in (task for task in occurrence.milestones if task.chased and (stated or not task.standing.binds)):
                if task.due_on and task.due_on < since:
                    yield f"on {on}: {task.ref} is due on {task.due_on}, and {cause} is of {since}"


def above_its_bound(of: Invented) -> Iterator[str]:
    """Give each plan that is later than the law allows from the day of publication, whatever else is known."""
    days = Days((*of.timeline.proclaimed_bank_holidays,))
    for duty, n in (("publish-report", 30), ("action-plan", 70)):
        for on, occurrences in plans(of):
            for occurrence in (each for each in occurrences if each.obligation == duty and each.legal_on):
                latest_on = _nth(days, of.published_on, n)
                if occurrence.legal_on and occurrence.legal_on > latest_on:
                    yield f"on {on}: {occurrence.ref} is due on {occurrence.legal_on}, {latest_on} at the latest"


def without_word(of: Invented) -> Iterator[str]:
    """Give each duty and each task that has no date, no reason to have ended and no fact to wait for."""
    for on, occurrences in plans(of):
        # A yearly meeting, and the review after a notice's first year, may lie past the verified calendar. Owners of
        # actions are asked where there are actions, and a duty of a track once that has begun.
        far = plan(of.timeline, at=london_time(on, _MORNING), until=months_after(of.published_on, 24))
        there = {occurrence.obligation for occurrence in far}
        begun = {fact.name for fact in of.timeline.facts if london_date(fact.known_at) <= on}
        tracks = (duty for duty in of.timeline.obligations if not duty.track or begun.intersection(duty.track))
        expected = (duty.key for duty in tracks if not (duty.each or duty.asks_owners))
        yield from (f"on {on}: {key}" for key in expected if key not in there)
        for occurrence in occurrences:
            if not (occurrence.last_on or occurrence.provisional_on or occurrence.waits_for):
                yield f"on {on}: {occurrence.ref}"
            for task in occurrence.milestones:
                if not (task.legal_on or task.waits_for or task.closed_because):
                    yield f"on {on}: {task.ref}"


def chased_in_an_election(of: Invented) -> Iterator[str]:
    """Give each mail about what is not published before an election."""
    for responses in ("always", "never"):
        for each in told(of.number, responses):
            if each.milestone.waits_for_election and of.timeline.election(on=london_date(each.at)):
                yield f"{each.at}: {each.milestone.ref}, {each.prompt.key.rung}"


def wrong_words(of: Invented) -> Iterator[str]:
    """Give each sentence that calls law what is none, or speaks of a Cabinet where there is none."""
    days = Days((*of.timeline.proclaimed_bank_holidays,))
    counted = {_nth(days, on, n) for on in _counted_from(of) for n in (30, 70)}
    lawful = tuple(f"{_GIVEN}{on:%A} {on.day} {on:%B}" for on in counted)
    for each, sentences in _mails(of):
        task = each.milestone
        for text in sentences:
            called = "required by law" in text.lower() or " by law" in text or text.startswith("Legal date")
            if called and not task.by_law:
                yield f"{task.ref} is called law: {text}"
            if _GIVEN in text and not any(given in text for given in lawful):
                yield f"{task.ref} has a day that the law does not give: {text}"
            if of.body == "committees" and _CABINET.search(text):
                yield f"{task.ref} speaks of a Cabinet: {text}"
        if ("legal date" in task_dates(task)) is not task.standing.binds:
            yield f"{task.ref}: {task_dates(task)}"


def too_many_mails(of: Invented) -> Iterator[str]:
    """Give each week above its bound, and each second scheduled mail of a day.

    Where two submissions of class A fall into a week, each brings the director the two mails that its class promises:
    two working days before its day, and to confirm it. Such a week has those two more, and nothing beyond.
    """
    yield from above_the_bounds(of.timeline, told(of.number, "always"))


def above_the_bounds(timeline: CouncilTimeline, rehearsed: Sequence[Rehearsed]) -> Iterator[str]:
    """Give the same of a timeline whose year is rehearsed."""
    for above in mail_load.overloads(rehearsed, timeline):
        theirs = [each for each in rehearsed if each.prompt.post == above.post and _week(each) == above.monday_on]
        submissions = {(each.milestone.obligation, each.milestone.number) for each in theirs if _is_a(each.milestone)}
        if above.mails > above.bound + (_OF_ANOTHER_SUBMISSION if len(submissions) > 1 else 0):
            yield f"{above}: {[each.milestone.ref for each in theirs]}"
    days: dict[tuple[str, date], set[str]] = defaultdict(set)
    for each in rehearsed:
        if not each.message.endswith("correction"):
            days[each.prompt.deliver_to, london_date(each.at)].add(each.message)
    at_once = {key: names for key, names in days.items() if len(names) > 1}
    yield from (f"{person} on {on}: {sorted(names)}" for (person, on), names in at_once.items())


LAWS = (
    second_count,
    before_its_cause,
    above_its_bound,
    without_word,
    chased_in_an_election,
    wrong_words,
    too_many_mails,
)


def _nth(days: Days, on: date, n: int) -> date:
    """Give the n-th working day after a day; the last of all days where nobody knows it yet."""
    try:
        return days.working_days_from(on, n)
    except Beyond:
        return date.max


def _counted_from(of: Invented) -> Iterator[date]:
    yield from (fact.on for fact in of.timeline.facts if fact.name in ("report_received", "report_published"))


def _week(each: Rehearsed) -> date:
    return start_of_week(london_date(each.at))


def _is_a(task: Milestone) -> bool:
    return task.duty_class is DutyClass.A


def _mails(of: Invented) -> Iterator[tuple[Rehearsed, Sequence[str]]]:
    """Give the sentences of each kind of mail once: about a task, for a step of its ladder."""
    seen = set()
    for each in told(of.number, "never"):
        kind = (each.milestone.obligation, each.milestone.key, each.prompt.key.rung, each.prompt.kind)
        if kind in seen:
            continue
        seen.add(kind)
        asked = [(each.prompt, task_context(of.timeline, each.milestone, (), (), at=each.at))]
        person = of.timeline.directory.people[each.prompt.deliver_to]
        view = mail_view(asked, person, ["https://daymark.example/r/a"], ref="a2b3", replies=True)
        yield each, (subject(asked), *_words(view))


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list | tuple):
        yield from (text for each in part for text in _words(each))
    elif is_dataclass(part):
        yield from (text for each in fields(part) for text in _words(getattr(part, each.name)))
