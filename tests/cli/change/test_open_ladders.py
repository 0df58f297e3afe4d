"""Test that a changed ladder holds for the next task; for one that has opened only when `--open-ladders` is said."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.house import Commands
from tests.harness import World
from tests.support.stated import variant

pytestmark = pytest.mark.slow("a preview rehearses a year before and after the change")

REF = "team-briefing/1/told"
FIRST = {"rung": "first", "when": "5 working days before", "to": "owner", "unless": "acknowledged"}
OVERDUE = {"rung": "overdue", "when": "1 working day after", "to": ["owner", "line manager of owner"]}
# The first rung has another name, and a new one, whose time has passed, stands beside it.
RENAMED = {**FIRST, "rung": "first-notice"}
PASSED = {"rung": "early", "when": "6 working days before", "to": ["owner", "line manager of owner"]}
SOON = {"rung": "reminder", "when": "2 working days before", "to": "owner"}


def stated(folder: Path, *rungs: dict[str, Any]) -> Path:
    task = {"title": "Team briefed", "when": "by due", "asks": "Brief your team."}
    duty = {
        "title": "Teams briefed",
        "class": "D",
        "kind": "session",
        "rule": "on 2019-09-06",
        "basis": "Council practice: all staff engaged",
        "status": "local",
        "owner": "communications_lead",
        "ladder": "ours",
        "milestones": {"told": task},
    }
    ladder = {"rungs": list(rungs)}
    return variant(folder, obligations={"team-briefing": duty}, ladders={"ours": ladder}, shadow_until="never")


@pytest.fixture
def house(empty: World) -> World:
    """Begin when the task was asked for on Fri 30 Aug; it is Mon 2 Sep 2019 10:00."""
    empty.apply(stated(empty.home, FIRST, OVERDUE))
    empty.lived("Fri 30 Aug 2019 08:30", "team-briefing")
    empty.expect_mail(to="communications_lead", about="Team briefed")
    return empty.at("Mon 2 Sep 2019 10:00")


def rungs(world: World) -> list[str]:
    return [rung.key for rung in world.store.plan.frozen_ladders({REF})[REF].rungs]


def test_preview_says_which_keep_theirs_and_how_to_change_that(house: World, daymark: Commands) -> None:
    changed = stated(house.home, RENAMED, OVERDUE)
    assert daymark("preview", changed).out.splitlines()[-1] == (
        f"1 task has opened and keeps the ladder it opened with ({REF}); "
        "to change them too: daymark apply FILE --open-ladders"
    )
    kept = [row for row in daymark("preview", changed, "--json").objects if row["change"] == "ladder"]
    assert [(each["ref"], each["from"], each["to"]) for each in kept] == [(REF, "ours", "ours")]
    daymark("apply", changed)
    assert rungs(house) == ["first", "overdue"]
    assert daymark("preview", changed).code == 0  # an apply would change nothing


def test_by_choice_it_holds_at_once_and_is_an_event(house: World, daymark: Commands) -> None:
    said = daymark("apply", stated(house.home, RENAMED, SOON, OVERDUE), "--open-ladders", "--by", "Programme lead")
    assert f"ladder: {REF}." in said.out
    assert rungs(house) == ["first-notice", "reminder", "overdue"]
    (event,) = [audit_event for audit_event in house.store.audit.events() if audit_event.what == "ladder changed"]
    assert (event.ref, event.who) == (REF, "Programme lead")
    assert '"key":"first"' in event.before
    assert '"key":"reminder"' in event.after
    assert house.store.audit.verify() is None
    house.live("Wed 4 Sep 2019 08:30", "team-briefing")
    house.expect_mail(to="communications_lead", about="Team briefed")


def test_nothing_is_said_again_and_of_what_has_passed_only_the_latest(house: World, daymark: Commands) -> None:
    daymark("apply", stated(house.home, RENAMED, PASSED, OVERDUE), "--open-ladders")
    house.live("Tue 3 Sep 2019 08:30", "team-briefing")
    house.expect_no_mail(to="communications_lead")  # it was said, under the name that the rung had
    house.expect_mail(to="head_of_improvement", about="Team briefed")  # and to the line manager it never was
    house.live("Wed 4 Sep 2019 08:30", "team-briefing")
    assert house.mails() == []
    told = {row["rung"]: row["what"] for row in daymark("why", REF, "--json").objects[0]["rungs"]}
    assert told["first-notice"] == "Not said: the ladder was changed, and it was said before under another name."


def test_chosen_later_it_is_a_change_of_its_own_and_undo_takes_it_back(house: World, daymark: Commands) -> None:
    changed = stated(house.home, RENAMED, OVERDUE)
    daymark("apply", changed)
    daymark("apply", changed, "--open-ladders")
    assert rungs(house) == ["first-notice", "overdue"]
    assert daymark("undo").code == 0
    assert rungs(house) == ["first", "overdue"]
    assert [audit_event.what for audit_event in house.store.audit.events()].count("ladder changed") == 2
    assert daymark("apply", changed, "--open-ladders").code in (0, 1)
    assert rungs(house) == ["first-notice", "overdue"]
    assert house.store.audit.verify() is None


def test_a_task_that_is_done_keeps_the_ladder_that_it_was_done_under(house: World, daymark: Commands) -> None:
    house.done(REF, by="communications_lead")
    changed = stated(house.home, RENAMED, OVERDUE)
    assert "--open-ladders" not in daymark("preview", changed).out
    daymark("apply", changed, "--open-ladders")
    assert rungs(house) == ["first", "overdue"]
