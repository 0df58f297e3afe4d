"""Test laws of the ladder about time and repetition, tried on lives that nobody would think of."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.fuzzing import looks_at
from tests.timeline.builders import LAST_ON, council, milestone
from tests.timeline.escalation.ladder.lives import A_WHILE, OFFICE, days, due_of, law, lived, lives, rung_of
from tests.timeline.lives import Life
from timeline.calendar.london import LONDON, end_of_day, london_time
from timeline.calendar.wording import short_date
from timeline.calendar.working_hours import in_working_time
from timeline.definitions.duties import OWNER, DutyClass, Mark
from timeline.escalation.ladder import decide
from timeline.escalation.task_context import task_context

pytestmark = pytest.mark.slow("each case lives a whole ladder, day by day")


# When it is said


@law
@given(lives())
def test_nothing_is_said_after_the_due_date_but_by_a_rung_that_counts_after_it(life: Life) -> None:
    for prompt in lived(life).prompts:
        after = rung_of(life, prompt).mark is Mark.AFTER_DUE
        assert after or prompt.send_at.date() <= due_of(life)
        assert not after or prompt.send_at.date() > due_of(life)


@law
@given(lives())
def test_every_prompt_leaves_in_working_time_and_by_the_clock_on_the_wall(life: Life) -> None:
    for at, prompt in lived(life).told:
        assert in_working_time(prompt.send_at, life.council.calendars.office, life.council.hours)
        assert prompt.send_at >= at
        if not prompt.timed:
            assert prompt.send_at.astimezone(LONDON).time() == time(8, 30)


@law
@given(lives(), st.integers(-15, 15), st.times(), st.booleans())
def test_decided_at_any_hour_it_still_leaves_in_working_time_and_not_after_the_due_date(
    life: Life, off: int, clock: time, urgent: bool
) -> None:
    rungs_ = tuple(replace(rung, urgent=urgent) for rung in life.milestone.ladder.rungs)
    owed = replace(life.milestone, ladder=replace(life.milestone.ladder, rungs=rungs_))
    at = london_time(due_of(life) + timedelta(days=off), clock)
    for prompt in decide(task_context(life.council, owed, (), life.responses, at=at), until=end_of_day(at)).prompts:
        office, hours = life.council.calendars.office, life.council.hours
        assert prompt.send_at >= at
        assert urgent or in_working_time(prompt.send_at, office, hours)
        assert rung_of(life, prompt).mark is Mark.AFTER_DUE or prompt.send_at.date() <= due_of(life)


@law
@given(lives())
def test_no_bank_holiday_weekend_or_closure_day_decides_anything(life: Life) -> None:
    for at, _ in lived(life).told:
        assert life.council.calendars.office.is_working(at.date())


# Once, and not lost


@law
@given(lives(embargoed=True))
def test_a_decision_run_on_its_own_outcome_gives_nothing(life: Life) -> None:
    at = london_time(due_of(life) - A_WHILE, time(7, 30))
    while at.date() <= due_of(life) + A_WHILE:
        life.morning(at)
        again = decide(life.ground(at), until=end_of_day(at))
        assert (again.prompts, again.superseded) == ((), ())
        at += timedelta(days=1)


@law
@given(lives(embargoed=True))
def test_no_key_is_written_twice_and_nobody_is_told_twice_on_one_morning(life: Life) -> None:
    done = lived(life)
    keys = [prompt.key for prompt in (*done.prompts, *done.superseded)]
    assert len(set(keys)) == len(keys)
    mornings = Counter((at, prompt.key.person) for at, prompt in done.told)
    assert set(mornings.values()) <= {1}


@law
@given(lives(), st.integers(-15, 10), st.integers(1, 40))
def test_after_an_outage_of_any_length_each_hears_the_latest_and_the_older_ones_are_superseded(
    life: Life, begins: int, length: int
) -> None:
    life = replace(
        life,
        responses=(),
        council=replace(life.council, council=replace(life.council.council, shadow_until=None, live_from=None)),
    )
    out_on = due_of(life) + timedelta(days=begins)
    life.through(due_of(life) - A_WHILE, out_on)
    back_on = life.council.calendars.office.add(out_on, length)
    at = london_time(back_on, time(7, 30))
    rung_times = [rung_time for rung_time in life.ground(at).rung_times() if rung_time.at <= end_of_day(at)]
    decision = life.morning(at)
    assert decision is not None
    for prompt in decision.prompts:
        rows = [entry for entry in life.said if entry.key.person == prompt.key.person and entry.written_at < at]
        heard_until = max((entry.rung_at for entry in rows), default=prompt.rung_at - A_WHILE * 2)
        missed = {
            (rung_time.rung.key, rung_time.repeat)
            for rung_time in rung_times
            if heard_until < rung_time.at <= prompt.rung_at and prompt.selector in rung_time.rung.to
        }
        said = {each.key for each in (prompt, *decision.superseded) if each.key.person == prompt.key.person}
        assert missed <= {(key.rung, key.repeat) for key in said}
    for item in decision.superseded:
        assert item.superseded_by in {prompt.key.rung for prompt in decision.prompts}
        (latest,) = (prompt for prompt in decision.prompts if prompt.key.person == item.key.person)
        assert item.rung_at <= latest.rung_at


@looks_at(150)
@given(lives(embargoed=True))
def test_looking_only_when_next_rung_at_says_so_gives_what_looking_every_day_gives(life: Life) -> None:
    every_day, skipping = lived(life), lived(life, skipping=True)
    assert skipping.told == every_day.told
    assert skipping.superseded == every_day.superseded


# How it ends


@law
@given(days, st.sampled_from(DutyClass))
def test_when_nobody_answers_the_owner_hears_on_every_day_the_ladder_names_until_it_ends(
    on: date, duty_class: DutyClass
) -> None:
    due_on = OFFICE.roll_back(on)
    # A holiday that is proclaimed on the way moves the days the ladder names.
    assume(not any(abs(at.date() - due_on) < A_WHILE * 3 for at in council().proclaimed_at))
    life = lived(Life(council(), milestone(due=short_date(due_on), duty_class=duty_class)))
    told_on = {at.date() for at, prompt in life.told if prompt.key.person == "officer"}
    owner_days = {
        rung_time.at.date() for rung_time in life.ground(_end(life)).rung_times() if OWNER in rung_time.rung.to
    }
    assert told_on == owner_days


@law
@given(lives(embargoed=True))
def test_a_ladder_is_bounded_and_then_asks_for_no_further_look(life: Life) -> None:
    done = lived(life)
    # A person has one row for each rung and repeat, in shadow and out of it.
    most = sum(rung.times + 1 for rung in life.milestone.ladder.rungs)
    rows = Counter(entry.key.person for entry in done.said)
    assert all(count <= most for count in rows.values())
    end = _end(life)
    assert decide(done.ground(end), until=end_of_day(end)).prompts == ()


def test_once_the_last_repeat_was_said_there_is_nothing_to_look_for() -> None:
    life = lived(Life(council(), milestone()))
    assert life.look_at is None


def _end(life: Life) -> datetime:
    return london_time(due_of(life) + A_WHILE + timedelta(days=14), time(7, 30))


@law
@given(lives())
def test_a_ladder_speaks_a_bounded_number_of_times(life: Life) -> None:
    due_on = life.milestone.due_on
    assert due_on is not None
    life.through(due_on - A_WHILE, min(due_on + timedelta(days=120), LAST_ON))
    allowed = {rung.key: rung.times for rung in life.milestone.ladder.rungs}
    assert all(prompt.key.repeat <= allowed[prompt.key.rung] for prompt in life.prompts)
