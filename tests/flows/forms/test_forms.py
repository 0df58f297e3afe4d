"""Fill in the administrators' forms through Prefect: a plan first, then its code; what is wrong ends in a sentence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness import World
from tests.running import Ran

WHO = "Head of Improvement (head_of_improvement)"


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


def planned(world: World, form: str, **fields: Any) -> tuple[Ran, str]:
    """Send a form without a code; give its run and the code of the plan."""
    name = "left_alone" if form == "pause" else "form"
    ran = world.run(form, **{name: {"who": WHO, **fields}})
    assert ran.type == "COMPLETED"
    code = re.search(r"with the code (\w{6})\.$", ran.message)
    return ran, code[1] if code else ""


def confirmed(world: World, form: str, **fields: Any) -> str:
    """Send a form and then again with the code of its plan; give what the second run says."""
    ran, code = planned(world, form, **fields)
    assert code, ran.message
    return planned(world, form, plan=code, **fields)[0].message


def test_a_pause_is_planned_and_then_carried_out_and_ended_by_its_box(world: World) -> None:
    fields = {"what": "PLO panel (plo-panel)", "until": "2019-08-29"}
    ran, code = planned(world, "pause", **fields)
    assert ran.message.startswith(
        "Medway Council: Nothing is changed yet. “PLO panel (plo-panel)” is left alone until "
    )
    assert world.store.definitions.pauses() == ()
    ran, _ = planned(world, "pause", plan=code, **fields)
    assert ran.message.startswith("Medway Council: Paused until Thursday 29 August 2019.")
    assert [pause.obligation for pause in world.store.definitions.pauses()] == ["plo-panel"]
    ended = confirmed(world, "pause", what="plo-panel", end=True)
    assert ended == "Medway Council: It is no longer paused."
    assert world.store.definitions.pauses() == ()


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("pause", {"what": "plo-panel"}, "Give the last day of the pause, or tick “End the pause”: one of the two."),
    ("pause", {"what": "plo-panel", "until": "tomorrow"}, "is “tomorrow”: expected a day such as 2019-11-28."),
    ("pause", {"what": "plo-pannel", "until": "2019-08-29"}, "There is no duty and no post “plo-pannel”"),
    ("pause", {"what": "ada@medway.example", "until": "2019-08-29"}, "Name a person by their post"),
    ("pause", {"what": "plo-panel", "untill": "2019-08-29"}, "The form has no field “untill”."),
    ("pause", {"until": "2019-08-29"}, "“A duty, or the post of somebody” is empty: it must be filled in."),
    ("pause", {"what": "action-plan", "until": "2020-01-31"}, "action-plan/1 (class A), “"),
    ("record", {"fact": "report_recieved", "on": "2019-08-28", "source": "x"}, "There is no fact “report_recieved”."),
    ("record", {"fact": "report_received", "on": "2019-08-28", "source": "x"}, "That is in confidence"),
    ("move", {"occurrence": "plo-panel/1", "reason": "Room"}, "“Its new day, or the day it took place” is empty"),
    ("move", {"occurrence": "plo-panel/99", "to": "2019-09-12", "reason": "Room"}, "There is no occurrence"),
    ("absence", {"post": "performance_lead"}, "“The last day away” is empty: it must be filled in"),
    ("absence", {"post": "performance_led", "until": "2019-08-29"}, "Did you mean “performance_lead”?"),
    (
        "absence",
        {"post": "performance_lead", "until": "2019-08-26"},
        "26 August 2019 is before Tuesday 27 August",
    ),
    ("absence", {"post": "performance_lead", "until": "2031-08-26"}, "is more than a year and a half ahead"),
    ("absence", {"post": "performance_lead", "back": True}, "is not known to be away: there is nothing to end."),
    ("absence", {"post": "ada@medway.example", "back": True}, "Name a person by their post"),
    (
        "replay-morning",
        {"duty": "plo-pannel"},
        "There is no duty “plo-pannel”; expected what the form offers. Did you mean",
    ),
    ("rehearse", {"from_on": "2019-09-12", "to_on": "2021-09-12"}, "expected days from today on, three months at most"),
]


def test_what_is_wrong_ends_in_a_sentence_and_is_no_failure(world: World) -> None:
    for form, fields, sentence in REFUSED:
        name, who = ("left_alone" if form == "pause" else "form"), ({} if form == "rehearse" else {"who": WHO})
        ran = world.run(form, **{name: {**who, **fields}})
        assert (ran.type, ran.message[:20], sentence in ran.message) == ("COMPLETED", "Nothing was changed.", True), ran
    ran = world.run("stop-sending", silence={"who": "", "reason": "A test"})
    assert (ran.type, ran.message) == (
        "COMPLETED",
        "Nothing was changed. “Your post” is empty: it must be filled in.",
    )
    assert world.store.outbox.stopped() is None
    assert world.store.definitions.pauses() == ()


def test_a_date_of_class_a_in_a_pause_needs_the_box_and_stands_in_the_plan(world: World) -> None:
    fields = {"what": "action-plan", "until": "2020-01-31", "over_legal_dates": True}
    ran, _ = planned(world, "pause", **fields)
    assert "action-plan/1 (class A), “" in ran.message
    assert confirmed(world, "pause", **fields).startswith("Medway Council: Paused until Friday 31 January 2020.")


def test_a_moved_panel_shows_what_moves_and_who_was_told_is_only_counted(world: World, prefect_api: str) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    fields = {
        "occurrence": "PLO panel · Tue 10 Sep 2019 (plo-panel/1)",
        "to": "2019-09-12",
        "reason": "The room is taken",
    }
    ran, code = planned(world, "move", **fields)
    assert "1 person was told an old one and gets one correction." in ran.message
    (plan,) = world.artifacts(prefect_api, ran)
    assert plan["key"] == "plan-medway"
    assert "plo-panel/1 moved: 2019-09-10 → 2019-09-12" in plan["data"]
    assert "nothing is done, confirmed or released here" in plan["data"]
    people = world.timeline.directory.people.values()
    assert [person.address for person in people if person.address in f"{plan}"] == []
    # Another form has another plan: its code carries nothing out.
    ran, _ = planned(world, "move", plan=code, **{**fields, "to": "2019-09-13"})
    assert "It is another plan than the one whose code you gave." in ran.message
    assert "plo-panel/1" not in [fact.occurrence for fact in world.timeline.facts]
    ran, _ = planned(world, "move", plan=code, **fields)
    assert ran.message.startswith("Medway Council: Recorded. ")
    assert "plo-panel/1" in [fact.occurrence for fact in world.timeline.facts]
    (who,) = [fact.who for fact in world.timeline.facts if fact.occurrence == "plo-panel/1"]
    assert who == "Head of Improvement"
    again, _ = planned(world, "move", **fields)
    assert again.message == "Medway Council: This is recorded already: nothing changes."


def test_days_to_come_are_rehearsed_into_a_table_and_nothing_is_sent(world: World, prefect_api: str) -> None:
    ran = world.run("rehearse", form={"from_on": "2019-08-28", "to_on": "2019-08-29"})
    (table,) = world.artifacts(prefect_api, ran)
    assert (ran.type, table["key"]) == ("COMPLETED", "rehearsal-medway")
    assert "List of cases" in table["data"]
    assert world.waiting() == 0


def test_an_absence_is_planned_carried_out_and_ended_by_the_post_alone(world: World, prefect_api: str) -> None:
    person, post = world.person("performance_lead"), "Performance lead (performance_lead)"
    ran, code = planned(world, "absence", post=post, until="2019-08-29")
    away = "The Performance lead is away from Tuesday 27 August 2019 to Thursday 29 August 2019."
    assert away in ran.message
    (plan,) = world.artifacts(prefect_api, ran)
    named = world.timeline.directory.people[person]
    assert not [word for word in (named.name, named.address) if word in f"{plan} {ran.message}"]
    assert not world.timeline.directory.absent(person, on=world.now.date())
    ran, _ = planned(world, "absence", post=post, until="2019-08-29", plan=code)
    assert ran.message == f"Medway Council: {away}"
    assert world.timeline.directory.absent(person, on=world.now.date())
    again, _ = planned(world, "absence", post=post, until="2019-08-29")
    assert again.message == "Medway Council: This is known already: nothing changes."
    ended = confirmed(world, "absence", post=post, back=True)
    assert ended == "Medway Council: The Performance lead is back: tasks go to them again."
    assert not world.timeline.directory.absent(person, on=world.now.date())


def test_a_morning_is_done_again_after_a_plan_and_says_nothing_twice(world: World) -> None:
    world.at("Wed 28 Aug 2019 11:00")
    ran, code = planned(world, "replay-morning", duty="PLO panel (plo-panel)")
    assert " due by the end of today and not written yet. " in ran.message
    assert "(plo-panel/1/cases, first-notice)" in ran.message
    assert world.waiting() == 0
    ran, _ = planned(world, "replay-morning", duty="PLO panel (plo-panel)", plan=code)
    assert ran.message.startswith("Medway Council: 1 new prompt; ")
    assert world.waiting() == 1
    again, _ = planned(world, "replay-morning", duty="plo-panel")
    assert again.message == (
        "Medway Council: Everything that is due by the end of today is written already: nothing changes."
    )
    assert world.decide("plo-panel") == 0
