"""Test laws of the ladder, tried on lives that nobody would think of: vacancies, answers, outages, clock changes,
Christmas.

Each life is one milestone, one council and everything that happens round its due date; every law must hold in all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zlib import crc32

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.fuzzing import looks_at
from tests.timeline.builders import (
    LAST_ON,
    LINE,
    POSTS,
    USUAL,
    Life,
    council,
    directory,
    ladder,
    milestone,
    person_of,
    written,
)
from tests.timeline.literals import day
from timeline.answers.responses import Answer, Response, State
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import LONDON, end_of_day, london_time, start_of_day
from timeline.calendar.wording import short_date
from timeline.calendar.working_hours import in_working_time
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Ladder, Level, Mark, Rung, Unless
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.delivery.suppression import suppression_reason
from timeline.escalation.held import Held, owed
from timeline.escalation.ladder import Decision, Step, decide, ladder_ended, steps
from timeline.escalation.prompts import SHADOW, LedgerEntry, Prompt, PromptKind
from timeline.escalation.rung_history import rung_history
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone

pytestmark = pytest.mark.slow("each case lives a whole ladder, day by day")

OFFICE = calendars().office
A_WHILE = timedelta(days=30)
law = looks_at(80)

# Where counting goes wrong: both clock changes, leap days, Christmas and New Year, Easter, the two years of odd May
# holidays, a state funeral.
TRICKY = [
    *("Sun 31 Mar 2019", "Sun 27 Oct 2019", "Sun 29 Mar 2020", "Sun 25 Oct 2020", "Mon 30 Mar 2026", "Mon 26 Oct 2026"),
    *("Sat 29 Feb 2020", "Fri 28 Feb 2020", "Thu 29 Feb 2024", "Mon 2 Mar 2020", "Mon 29 Feb 2016"),
    *("Wed 25 Dec 2019", "Fri 27 Dec 2019", "Thu 2 Jan 2020", "Mon 27 Dec 2021", "Tue 4 Jan 2022", "Thu 24 Dec 2026"),
    *("Mon 22 Apr 2019", "Fri 8 May 2020", "Thu 2 Jun 2022", "Mon 19 Sep 2022", "Mon 8 May 2023", "Thu 28 Nov 2019"),
]
days = st.one_of(
    st.builds(lambda on, off: day(on) + timedelta(days=off), st.sampled_from(TRICKY), st.integers(-6, 6)),
    st.dates(date(2013, 3, 1), LAST_ON - timedelta(days=120)),
)
in_hours = st.sampled_from([time(8), time(9, 15), time(12), time(16, 30), time(18)])
selectors = st.sampled_from([OWNER, LINE_MANAGER, *POSTS])


@st.composite
def rungs(draw: st.DrawFn, key: str) -> Rung:
    mark = draw(st.sampled_from(Mark))
    unless = draw(st.sampled_from(Unless))
    # As `daymark check` has it: no answer alone goes to the owner and the line manager only.
    to = selectors if unless is Unless.DONE else st.sampled_from([OWNER, LINE_MANAGER])
    repeats = draw(st.booleans())
    return Rung(
        key=key,
        working_days=draw(st.integers(0 if mark is Mark.BEFORE_DUE else 1, 8)),
        mark=mark,
        to=tuple(draw(st.lists(to, min_size=1, max_size=3, unique=True))),
        unless=unless,
        at=draw(st.none() | in_hours),
        every=draw(st.integers(1, 4)) if repeats else None,
        times=draw(st.integers(1, 3)) if repeats else 0,
    )


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Give any rungs after a first one to the owner."""
    first = Rung(key="first", working_days=draw(st.integers(1, 10)), mark=Mark.BEFORE_DUE, to=(OWNER,))
    first = replace(first, unless=draw(st.sampled_from(Unless)))
    more = [draw(rungs(f"rung-{n}")) for n in range(draw(st.integers(1, 5)))]
    return Ladder(key="any", rungs=(first, *more), acknowledged_for=draw(st.integers(1, 6)))


@st.composite
def holdings(draw: st.DrawFn, due_on: date) -> list[Holder]:
    """Give posts that are vacant, change hands, stand empty between two people, or are held by one who has
    another too.
    """
    holders: list[Holder] = []
    for post in draw(st.lists(st.sampled_from(LINE), max_size=3, unique=True)):
        left_on = due_on + timedelta(days=draw(st.integers(-20, 20)))
        came_on = left_on + timedelta(days=draw(st.integers(1, 12)))
        leaver = Holder(post=post, person=person_of(post), until_on=left_on)
        comer = Holder(post=post, person=draw(st.sampled_from(["newcomer", *map(person_of, LINE)])), from_on=came_on)
        holders += draw(st.sampled_from([[leaver], [comer], [leaver, comer], [replace(comer, from_on=None)]]))
    return holders


@st.composite
def answers(draw: st.DrawFn, due_on: date) -> Response:
    on = due_on + timedelta(days=draw(st.integers(-14, 14)))
    what = draw(st.sampled_from([Answer.ACKNOWLEDGED] * 4 + [Answer.HELP, Answer.DECLINED, Answer.DONE]))
    clock = draw(st.sampled_from([time(7, 45), time(10, 5), time(21)]))
    return Response(
        milestone="action-plan/1/draft",
        due_on=due_on,
        person=draw(st.sampled_from(["officer", "team-manager"])),
        answer=what,
        at=london_time(on, clock),
        via="link",
        evidence="minute 4.2" if what is Answer.DONE else "",
    )


@dataclass(frozen=True)
class Acceptance:
    """Have most mails are accepted at once; as chance has it one takes some days, or proves undeliverable."""

    chance: int

    def __call__(self, prompt: Prompt) -> datetime | None:
        luck = crc32(f"{self.chance}{prompt.key}".encode()) % 20 if self.chance else 0
        late = prompt.send_at + timedelta(days=luck - 16, hours=2)
        return prompt.send_at if luck < 17 else None if luck == 19 else late


@st.composite
def embargoes(draw: st.DrawFn, due_on: date) -> tuple[Embargo, ...]:
    circulation = frozenset(draw(st.lists(st.sampled_from([*LINE, "programme_lead"]), max_size=4)))
    on = due_on + timedelta(days=draw(st.integers(-12, 8)))
    until = draw(st.none() | st.just(london_time(on, draw(st.sampled_from([time(), time(8), time(12)])))))
    return (Embargo(circulation=circulation, until=until, until_fact=None if until else "report_published"),)


@st.composite
def lives(draw: st.DrawFn, *, embargoed: bool = False) -> Life:
    on = draw(days)
    # What the Banking and Financial Dealings Act does not know: the council's own closure, a holiday proclaimed late.
    off = draw(st.lists(st.integers(-8, 12), max_size=3, unique=True))
    extra = {on + timedelta(days=n): "Extra day" for n in off}
    proclaimed = draw(st.booleans())
    council_timeline = council(
        directory=directory(holders=draw(holdings(on))),
        proclaimed=extra if proclaimed else {},
        closures={} if proclaimed else extra,
        live_from=draw(st.sampled_from(["", short_date(on - timedelta(days=9))])),
        shadow_until=draw(st.sampled_from(["", "", short_date(on - timedelta(days=4))])),
    )
    due_on = council_timeline.calendars.office.roll_back(on)
    owed = milestone(
        draw(ladders()),
        due=short_date(due_on),
        legal=short_date(on),
        owner=draw(st.sampled_from(["officer", "officer", "officer", "head_of_service", "director"])),
        duty_class=draw(st.sampled_from(DutyClass)),
        embargoes=draw(embargoes(on)) if embargoed else (),
    )
    said = sorted(draw(st.lists(answers(due_on), max_size=3)), key=lambda one: one.at)
    return Life(council_timeline, owed, said, accepted_at=Acceptance(draw(st.integers(0, 50))))


def due_of(life: Life) -> date:
    assert life.milestone.due_on is not None
    return life.milestone.due_on


def lived(life: Life, *, skipping: bool = False) -> Life:
    """Give the life from well before its first rung to well after its last."""
    fresh = replace(life, skipping=skipping, said=[], told=[], superseded=[])
    return fresh.through(due_of(life) - A_WHILE, due_of(life) + A_WHILE + timedelta(days=15))


def rung_of(life: Life, prompt: Prompt) -> Rung:
    return next(rung for rung in life.milestone.ladder.rungs if rung.key == prompt.key.rung)


def present(council: CouncilTimeline, posts: Sequence[str], on: date) -> str | None:
    """Give the first post of a line that somebody holds on that day."""
    return next((post for post in posts if council.directory.holder(post, on=on)), None)


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
        said = {one.key for one in (prompt, *decision.superseded) if one.key.person == prompt.key.person}
        assert missed <= {(key.rung, key.repeat) for key in said}
    for one in decision.superseded:
        assert one.superseded_by in {prompt.key.rung for prompt in decision.prompts}
        (latest,) = (prompt for prompt in decision.prompts if prompt.key.person == one.key.person)
        assert one.rung_at <= latest.rung_at


@looks_at(150)
@given(lives(embargoed=True))
def test_looking_only_when_next_rung_at_says_so_gives_what_looking_every_day_gives(life: Life) -> None:
    every_day, skipping = lived(life), lived(life, skipping=True)
    assert skipping.told == every_day.told
    assert skipping.superseded == every_day.superseded


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
        assert any(office.add(one.date(), rung.working_days) <= at.date() for one in asked)


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


@law
@given(lives(embargoed=True))
def test_after_every_run_each_rung_is_explained_and_each_row_of_the_ledger_told(life: Life) -> None:
    at = london_time(due_of(life) - timedelta(days=16), time(7, 30))
    for _ in range(32):
        life.morning(at)
        rows = rung_history(life.ground(at))
        assert [row for row in rows if "neither said nor refused" in row.what] == []
        told = {(row.rung, row.repeat) for row in rows}
        assert {(entry.key.rung, entry.key.repeat) for entry in life.said} <= told
        at += timedelta(days=1)


@law
@given(lives(embargoed=True))
def test_whatever_the_ladder_decides_why_and_notify_say_the_same(life: Life) -> None:
    at = london_time(due_of(life) - timedelta(days=16), time(7, 30))
    for _ in range(32):
        before = life.ground(at)
        rows = {(row.rung, row.repeat, row.what) for row in rung_history(before)}
        for step in steps(before, until=at):
            if isinstance(step.outcome, Held) and not _is_in_ledger(before, step):
                assert (step.rung_time.rung.key, step.rung_time.repeat, step.outcome.sentence) in rows
        decision = decide(before, until=end_of_day(at))
        after = task_context(life.council, life.milestone, [*life.said, *_written(decision, at)], life.responses, at=at)
        assert [suppression_reason(after, prompt) for prompt in decision.prompts] == [""] * len(decision.prompts)
        waits = {(row.rung, row.repeat) for row in rung_history(after) if row.what.endswith("Waits to be sent.")}
        assert {(prompt.key.rung, prompt.key.repeat) for prompt in decision.prompts} <= waits
        life.morning(at)
        at += timedelta(days=1)


def _is_in_ledger(task: TaskContext, step: Step) -> bool:
    of = (step.rung_time.rung.key, step.rung_time.repeat)
    return any((entry.key.rung, entry.key.repeat) == of for entry in task.entries)


def _written(decision: Decision, at: datetime) -> list[LedgerEntry]:
    return [written(prompt, at) for prompt in decision.prompts]


def _end(life: Life) -> datetime:
    return london_time(due_of(life) + A_WHILE + timedelta(days=14), time(7, 30))


@pytest.mark.parametrize("due", ["Thu 28 Nov 2019", "Fri 28 Feb 2020", "Tue 24 Dec 2019", "Mon 28 Oct 2019"])
@pytest.mark.parametrize("acknowledged_on", range(1, 15))
def test_an_acknowledgement_delays_the_asking_and_ends_none_of_it(due: str, acknowledged_on: int) -> None:
    """Test that whenever it is said, the owner is asked again: at the latest on the due date, or as soon as it has run
    out.
    """
    due_on = day(due)
    said_on = OFFICE.subtract(due_on, acknowledged_on)
    said = Response(
        milestone="action-plan/1/draft",
        due_on=due_on,
        person="officer",
        answer=Answer.ACKNOWLEDGED,
        at=london_time(said_on, time(10, 5)),
        via="link",
    )
    always_asking = ladder(*(replace(rung, unless=Unless.ACKNOWLEDGED) for rung in USUAL.rungs))
    life = lived(Life(council(), milestone(always_asking, due=due), [said]))
    expires_on = OFFICE.add(said_on, 5)
    told_on = [at.date() for at, prompt in life.told if prompt.key.person == "officer"]
    assert [on for on in told_on if said_on < on < expires_on] == []
    again_on = min(on for on in told_on if on >= expires_on)
    in_between = [on for on in owner_days(always_asking, due_on) if said_on < on <= expires_on]
    if in_between and expires_on <= due_on:
        assert again_on == expires_on


def owner_days(of: Ladder, due_on: date) -> list[date]:
    owed: Milestone = milestone(of, due=short_date(due_on))
    return [
        rung_time.at.date()
        for rung_time in Life(council(), owed).ground(start_of_day(due_on)).rung_times()
        if OWNER in rung_time.rung.to
    ]


@law
@given(lives())
def test_a_ladder_never_ends_silently(life: Life) -> None:
    """Test that where nothing will ever be looked at again, the task is done, or it stands in what the board report
    draws on.
    """
    due_on = life.milestone.due_on
    assert due_on is not None
    life.through(due_on - A_WHILE, min(due_on + timedelta(days=120), LAST_ON))
    last_at = london_time(min(due_on + timedelta(days=120), LAST_ON), time(19))
    task = life.ground(last_at)
    if life.look_at is None:
        assert ladder_ended(task) or not owed(task)
    if owed(task) and not ladder_ended(task):
        assert life.look_at is not None


@law
@given(lives())
def test_a_ladder_speaks_a_bounded_number_of_times(life: Life) -> None:
    due_on = life.milestone.due_on
    assert due_on is not None
    life.through(due_on - A_WHILE, min(due_on + timedelta(days=120), LAST_ON))
    allowed = {rung.key: rung.times for rung in life.milestone.ladder.rungs}
    assert all(prompt.key.repeat <= allowed[prompt.key.rung] for prompt in life.prompts)
