"""Test laws of the ladder about who hears what, tried on lives that nobody would think of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.timeline.builders import LINE, POSTS
from tests.timeline.escalation.ladder.lives import due_of, law, lived, lives, rung_of
from tests.timeline.lives import Life
from timeline.answers.responses import Answer, Response, State
from timeline.calendar.london import london_time
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER, DutyClass, Level, Mark, Unless
from timeline.escalation.prompts import SHADOW, LedgerEntry, PromptKind

pytestmark = pytest.mark.slow("each case lives a whole ladder, day by day")


def present(council: CouncilTimeline, posts: Sequence[str], on: date) -> str | None:
    """Give the first post of a line that somebody holds on that day."""
    return next((post for post in posts if council.directory.holder(post, on=on)), None)


# Whom it reaches

CEILINGS = {
    DutyClass.A: {Level.OFFICER, Level.HEAD_OF_SERVICE, Level.DIRECTOR, Level.CHIEF_EXECUTIVE},
    DutyClass.B: {Level.OFFICER, Level.HEAD_OF_SERVICE, Level.DIRECTOR},
    DutyClass.C: {Level.OFFICER, Level.HEAD_OF_SERVICE},
}


@law
@given(lives())
def test_no_escalation_exceeds_the_ceiling_of_its_class_whoever_is_vacant(life: Life) -> None:
    line = LINE[LINE.index(life.milestone.owner) :]
    for at, prompt in lived(life).told:
        if prompt.post == life.milestone.owner:
            continue
        if life.milestone.duty_class is DutyClass.D:
            assert prompt.post == present(life.council, line[1:], at.date())
        else:
            assert POSTS[prompt.post].level in CEILINGS[life.milestone.duty_class]


@law
@given(lives())
def test_no_answer_alone_climbs_no_further_than_the_first_line_manager_present(life: Life) -> None:
    line = LINE[LINE.index(life.milestone.owner) :]
    done = lived(life)
    for at, prompt in done.told:
        # Where nobody can be asked at all, silence is no answer: then it goes to whom the next step tells.
        somebody_asked = done.ground(at).audience.recipient(OWNER) is not None
        if rung_of(life, prompt).unless is Unless.ACKNOWLEDGED and somebody_asked:
            assert prompt.post in (line[0], present(life.council, line[1:], at.date()))


@law
@given(lives())
def test_to_the_owner_it_is_a_reminder_and_to_anybody_else_an_escalation(life: Life) -> None:
    assume(all(response.answer is not Answer.DECLINED for response in life.responses))
    line = LINE[LINE.index(life.milestone.owner) :]
    for at, prompt in lived(life).told:
        if prompt.kind is PromptKind.REMINDER:
            assert prompt.post == present(life.council, line, at.date())
        else:
            assert prompt.post != life.milestone.owner


@law
@given(lives())
def test_no_escalation_before_the_owner_has_had_the_prompt_for_a_working_day(life: Life) -> None:
    line = LINE[LINE.index(life.milestone.owner) :]
    done = lived(life)
    for at, prompt in done.told:
        task = done.ground(at)
        if prompt.kind is PromptKind.REMINDER or task.status.state is State.DECLINED:
            continue
        asked = present(life.council, line, at.date())
        if asked is None or not can_be_asked(life, asked):
            continue
        assert had_a_day(done, asked, at, shadow=prompt.key.person.startswith(SHADOW))


def can_be_asked(life: Life, post: str) -> bool:
    """Tell whether the ceiling lets us ask the post in the owner's place."""
    ceiling = {**CEILINGS, DutyClass.D: CEILINGS[DutyClass.B]}
    return post == life.milestone.owner or POSTS[post].level in ceiling[life.milestone.duty_class]


def had_a_day(life: Life, post: str, at: datetime, *, shadow: bool) -> bool:
    holder = life.council.directory.holder(post, on=at.date())
    assert holder is not None
    person = (SHADOW if shadow else "") + holder.person.key
    mine = [entry for entry in life.said if entry.key.person == person and entry.written_at < at]
    return any(entry.undeliverable or ready_on(life, entry) <= at.date() for entry in mine)


def ready_on(life: Life, said: LedgerEntry) -> date:
    return life.council.calendars.office.add(said.accepted_at.date(), 1) if said.accepted_at else date.max


@law
@given(lives(embargoed=True))
def test_an_embargoed_milestone_never_reaches_anybody_outside_its_circulation_in_shadow_neither(life: Life) -> None:
    (embargo,) = life.milestone.embargoes
    for at, prompt in lived(life).told:
        if embargo.until is None or at < embargo.until:
            assert is_in_circulation(life, prompt.meant_for, at)
            assert is_in_circulation(life, prompt.deliver_to, at)


def is_in_circulation(life: Life, person: str, at: datetime) -> bool:
    """Tell whether somebody holds a post of the circulation: whoever does knows of it in another post that they hold
    too.
    """
    (embargo,) = life.milestone.embargoes
    return bool({*life.council.directory.posts_of(person, on=at.date())} & embargo.circulation)


# What an answer does


@law
@given(lives(), st.integers(-14, 14), st.sampled_from([time(7), time(10, 5), time(21)]))
def test_done_silences_everything(life: Life, off: int, clock: time) -> None:
    done_at = london_time(due_of(life) + timedelta(days=off), clock)
    done = Response(
        milestone=life.milestone.ref,
        due_on=due_of(life),
        person="officer",
        answer=Answer.DONE,
        at=done_at,
        via="link",
        evidence="minute 4.2",
    )
    assert [at for at, _ in lived(replace(life, responses=[*life.responses, done])).told if at >= done_at] == []


@law
@given(lives())
def test_what_is_acknowledged_is_not_asked_until_the_acknowledgement_has_run_out(life: Life) -> None:
    done = lived(life)
    for at, prompt in done.told:
        held = done.ground(at).status
        if held.state in (State.ACKNOWLEDGED, State.BLOCKED):
            assert rung_of(life, prompt).unless is Unless.DONE


@law
@given(lives())
def test_a_manager_hears_of_no_answer_only_after_that_many_working_days_without_one(life: Life) -> None:
    assume(all(response.answer is not Answer.DECLINED for response in life.responses))
    done = lived(life)
    for at, prompt in done.told:
        rung = rung_of(life, prompt)
        if rung.mark is not Mark.AFTER_FIRST_PROMPT or rung.unless is not Unless.ACKNOWLEDGED:
            continue
        # The answer of somebody who has left falls with them.
        binding = (
            response for response in life.responses if life.council.directory.posts_of(response.person, on=at.date())
        )
        last_answer = max((response.at for response in binding if response.at <= at), default=None)
        asked = [
            entry.accepted_at
            for entry in done.said
            if entry.selector == OWNER
            and entry.accepted_at
            and (last_answer is None or entry.accepted_at > last_answer)
        ]
        office = life.council.calendars.office
        assert any(office.add(each.date(), rung.working_days) <= at.date() for each in asked)
