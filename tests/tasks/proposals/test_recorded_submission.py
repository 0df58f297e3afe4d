"""Test that a recorded submission ends its duty, with the second person, and that what drives nothing says so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tasks.changes.record import Refused, record, refuse
from tasks.council.run import CouncilRun
from tasks.proposals.dates import recording
from tests.harness import World
from tests.timeline.builders import fact
from tests.timeline.literals import day
from timeline.answers.responses import Answer, AnswerRefused, State
from timeline.escalation.confirmation import confirmers, did_it
from timeline.escalation.prompts import CONFIRM
from timeline.escalation.rag import Rag, rate
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import OccurrenceState

SUBMITTED = "action-plan/1/submitted"


def _task(world: World, ref: str) -> TaskContext:
    task = CouncilRun(world.store, world.settings, world.now).task_context(ref)
    assert task
    return task


def test_a_recorded_submission_waits_for_a_second_person_and_then_ends_the_duty(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Mon 25 Nov 2019 07:00").apply()
        sent = fact("action_plan_submitted", "Fri 22 Nov 2019", known="Mon 25 Nov 2019 07:00")
        record(world.store, sent, world.settings, at=world.now, who="Improvement programme lead")
        state = {each.ref: each.state for each in world.store.plan.occurrences()}["action-plan/1"]
        assert state is OccurrenceState.SUBMITTED
        task = _task(world, SUBMITTED)
        assert (task.status.state, rate(task).rag) == (State.UNCONFIRMED, Rag.AMBER)
        # It was sent on that day, whenever somebody came to record it.
        assert rate(task).why.startswith("Done on Friday 22 November 2019, and nobody")
        assert rate(_task(world, "action-plan/1/target")).rag is Rag.GREY
        assert _task(world, "action-plan/1/published").milestone.chased
        world.live("Fri 29 Nov 2019 08:40", "action-plan")
        said = world.store.ledger.entries(["action-plan"])
        asked = {entry.key.rung for entry in said[SUBMITTED]}
        assert asked == {CONFIRM}
        world.answer(SUBMITTED, Answer.CONFIRMED, by="head_of_improvement")
        task = _task(world, SUBMITTED)
        assert (task.status.state, rate(task).rag) == (State.DONE, Rag.GREEN)


def test_a_submission_that_took_place_waits_for_a_second_person_too(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Mon 25 Nov 2019 07:00").apply()
        held = fact("held", "Fri 22 Nov 2019", known="Mon 25 Nov 2019 07:00", of="action-plan/1")
        refs = [each.ref for each in world.store.plan.occurrences()]
        with pytest.raises(Refused, match="expected who says so"):
            refuse(replace(held, who=""), world.timeline, refs)
        record(world.store, held, world.settings, at=world.now, who="Improvement programme lead")
        task = _task(world, SUBMITTED)
        assert (task.status.state, rate(task).rag) == (State.UNCONFIRMED, Rag.AMBER)
        assert rate(_task(world, "action-plan/1/target")).rag is Rag.GREY
        # The law asks for its publication as well: that it was sent does not end that.
        assert _task(world, "action-plan/1/published").milestone.chased
        world.live("Mon 25 Nov 2019 08:40", "action-plan")
        assert {entry.key.rung for entry in world.store.ledger.entries(["action-plan"])[SUBMITTED]} == {CONFIRM}


@pytest.mark.parametrize("who", ["title", "head_of_improvement", "address"])
def test_who_recorded_it_cannot_confirm_it(tmp_path: Path, who: str) -> None:
    with World(tmp_path) as world:
        world.at("Mon 25 Nov 2019 07:00").apply()
        sent = fact("action_plan_submitted", "Fri 22 Nov 2019", known="Mon 25 Nov 2019 07:00")
        directory = world.timeline.directory
        holder = directory.holder("head_of_improvement", on=day("Mon 25 Nov 2019"))
        assert holder
        who = {"title": holder.post.title, "address": holder.person.address}.get(who, who)
        record(world.store, replace(sent, who=who), world.settings, at=world.now, who=who)
        task = _task(world, SUBMITTED)
        assert did_it(task, holder.person.key)
        assert holder.person.key not in {each.person.key for each in confirmers(task)}
        with pytest.raises(AnswerRefused, match="Whoever did it, or recorded it, cannot confirm it"):
            world.answer(SUBMITTED, Answer.CONFIRMED, by="head_of_improvement")


def test_what_drives_nothing_says_so_when_it_is_recorded(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Mon 25 Nov 2019 07:00").apply()
        run = CouncilRun(world.store, world.settings, world.now)
        for name, on in (("direction_revised", date(2019, 11, 22)), ("early_help_scoping", day("Tue 3 Sep 2019"))):
            doubts = recording(run, fact(name, f"{on:%a %-d %b %Y}", known="Mon 25 Nov 2019 07:00")).doubts
            assert doubts[-1].endswith("it is kept, and moves nothing.")
        assert recording(run, fact("report_received", "Thu 22 Aug 2019", known="Mon 25 Nov 2019 07:00")).doubts == ()
        chosen = fact("sign_off_meeting", "Tue 26 Nov 2019", known="Mon 25 Nov 2019 07:00")
        assert recording(run, chosen).doubts[-1] == (
            "“sign off meeting” names no occurrence: it is taken for action-plan/1."
        )
