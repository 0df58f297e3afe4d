"""Compare the steps of a submission with the meeting that decides it: none comes after it, and it is in time."""

from collections.abc import Iterable, Iterator
from datetime import date

from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.council import Committee, CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import FIRST_SIGN_OFF_MEETING
from timeline.planning.occurrences import Occurrence
from timeline.sign_off import summary
from timeline.sign_off.stages import Stage

_DECISION = "decision"


def misses(timeline: CouncilTimeline, occurrences: Iterable[Occurrence], *, on: date) -> Iterator[tuple[str, str]]:
    """Give, with its reference, a sentence for each submission whose steps miss its meeting."""
    duties = {duty.key: duty for duty in timeline.obligations if duty.sign_off}
    for occurrence in occurrences:
        duty = duties.get(occurrence.obligation)
        if duty is None:
            continue
        committee, chosen_on = timeline.council.committee(duty.sign_off), summary.chosen(timeline, duty.key, on=on)
        if committee is None or not committee.meetings:
            # Nothing says when it meets; a chosen day may still be too late.
            body = committee.title if committee else plain_name(duty.sign_off).capitalize()
            before = chosen_on if not timeline.council.sign_off.after_submission else None
            late = _ends_late(body, occurrence, before) if before else ()
            yield from ((occurrence.ref, text) for text in late)
            continue
        told = _chosen(committee, occurrence, chosen_on) if chosen_on else _open(timeline, duty, occurrence, on)
        if timeline.council.sign_off.after_submission:
            told = _ratified(committee, occurrence, chosen_on)
        counted = summary.of(timeline, duty.key, occurrence.working_on, on=on)
        stages = counted.stages if counted else ()
        yield from ((occurrence.ref, text) for text in (*told, *_stages(stages)))


def _stages(stages: Iterable[Stage]) -> Iterator[str]:
    """Say of each committee that agrees first that it does not meet before the next, or too late for its agenda."""
    for stage in stages:
        then = f"{stage.then} on {long_date(stage.then_on)}"
        if stage.meeting_on is None:
            yield f"{stage.committee} has to agree first, and no meeting of it is recorded from now until {then}."
        elif stage.meeting_on >= stage.then_on:
            met = long_date(stage.meeting_on)
            yield f"{stage.committee} has to agree first, and meets on {met}, not before {then}."
        elif stage.late:
            yield (
                f"{stage.committee} agrees first, on {long_date(stage.meeting_on)}, after the agenda of {then} has "
                "gone out: its recommendation would follow the agenda."
            )


def _ratified(committee: Committee, occurrence: Occurrence, meeting_on: date | None) -> Iterator[str]:
    """Say that a meeting that ratifies what was submitted does not come after the submission is due."""
    if meeting_on and occurrence.legal_on and meeting_on <= occurrence.legal_on:
        yield (
            f"{committee.title} on {long_date(meeting_on)} is to ratify what was submitted, and comes before "
            f"“{occurrence.title}” is due on {long_date(occurrence.legal_on)}; if it decides before the submission, "
            "leave out “after_submission”."
        )


def _chosen(committee: Committee, occurrence: Occurrence, meeting_on: date) -> Iterator[str]:
    if meeting_on not in committee.meetings:
        yield (
            f"“{occurrence.title}” is to be agreed on {long_date(meeting_on)}, which is no recorded meeting of "
            f"{committee.title}."
        )
    yield from _ends_late(committee.title, occurrence, meeting_on)


def _ends_late(body: str, occurrence: Occurrence, meeting_on: date) -> Iterator[str]:
    """Say that the decision is in force only after the submission is due."""
    over = next((task.legal_on for task in occurrence.milestones if task.key == _DECISION), None)
    if over and occurrence.legal_on and over > occurrence.legal_on:
        yield (
            f"The call-in of {body} on {long_date(meeting_on)} ends on {long_date(over)}, after "
            f"“{occurrence.title}” is due on {long_date(occurrence.legal_on)}."
        )


def _open(timeline: CouncilTimeline, duty: Obligation, occurrence: Occurrence, on: date) -> Iterator[str]:
    """Say which step comes after the last meeting that still allows the date, where a later meeting is recorded."""
    counted = summary.of(timeline, duty.key, occurrence.working_on, on=on)
    if counted is None or counted.meeting_on is None or counted.later_on is None:
        return
    steps = {rule.key for rule in duty.milestones if rule.from_meeting and rule.key != _DECISION}
    late = [task for task in occurrence.milestones if task.key in steps and (task.due_on or on) > counted.meeting_on]
    if late:
        yield (
            f"“{late[-1].title}” comes after {counted.committee} on {long_date(counted.meeting_on)}, the last meeting "
            f"for {long_date(counted.due_on)}. Record which meeting decides, then the steps count from it: "
            f"daymark record {summary.MEETING} DATE --for {occurrence.ref} --by WHO --source TEXT."
            + f" Where another committee agrees first, its meeting too ({FIRST_SIGN_OFF_MEETING})."
            * bool(counted.stages)
        )
