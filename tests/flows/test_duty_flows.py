"""Test the statutory flows, through Prefect's engine against a real server."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.harness import World, snapshot
from tests.running import Ran
from tests.support import rotation
from tests.support.prefect_login import AUTH, to_prefect
from tests.support.stated import people, spoil, variant

pytestmark = pytest.mark.slow("runs at a real Prefect server")

# A morning on which each has something to say.
MORNINGS = [
    ("action-plan", "Mon 23 Sep 2019 07:30", "action-plan/1/draft"),
    ("commissioner-report", "Tue 8 Oct 2019 07:32", "commissioner-report/1/evidence-index"),
    ("monitoring-visits", "Mon 21 Oct 2019 07:34", "monitoring-visit/1/dates"),
    ("plo-panels", "Wed 28 Aug 2019 07:36", "plo-panel/1/cases"),
    ("practice-manager-training", "Wed 11 Sep 2019 07:38", "practice-manager-training/2/theme"),
]
OTHERS = ("other-duties", "Mon 9 Sep 2019 07:40", "publish-report/1/recipients")
# The state of a run names each council that it served.
COUNCIL = "Medway Council: "
NAMES = {key: f"Ada Quill the {number}th" for number, key in enumerate(people())}


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    """Give Medway with people whose names are not those of their posts."""
    named = {key: {**person, "name": NAMES[key]} for key, person in people().items()}
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(variant(tmp_path, people=named))
        yield world


@pytest.mark.parametrize(("flow", "moment", "ref"), MORNINGS)
def test_a_flow_writes_what_is_due_with_one_table_of_it_and_a_second_time_nothing(
    world: World, prefect_api: str, flow: str, moment: str, ref: str
) -> None:
    first = world.at(moment).run(flow)
    _is_told_by_post_and_never_by_name(world, prefect_api, first, ref, ref.split("/")[0])
    assert (first.type, first.message.startswith(f"{COUNCIL}0 new prompts")) == ("COMPLETED", False)
    assert [entry.key.milestone for entry in world.store.ledger.entries(refs={ref})[ref]] == [ref]
    before = snapshot(world.store)
    duties = {each.split("/")[0] for each in _refs(before["prompt"])}
    assert duties == {ref.split("/")[0]}  # and of nobody else's
    if rotation.is_chosen(flow, one_in=2):
        again = world.run(flow)
        assert (again.type, again.message.startswith(f"{COUNCIL}0 new prompts")) == ("COMPLETED", True)
    else:
        assert world.decide(ref.split("/")[0]) == 0
    assert snapshot(world.store) == before


@pytest.mark.parametrize(
    ("holiday", "why", "flows"),
    [
        ("Mon 26 Aug 2019 07:30", "Summer bank holiday", rotation.part((*MORNINGS, OTHERS), one_in=3)),
        ("Wed 25 Dec 2019 07:30", "Christmas Day", MORNINGS[:1]),
    ],
)
def test_on_a_bank_holiday_a_run_completes_and_says_that_nothing_is_sent(
    tmp_path: Path, prefect_api: str, holiday: str, why: str, flows: Sequence[tuple[str, str, str]]
) -> None:
    with World(tmp_path) as world:
        world.at("Wed 21 Aug 2019 07:00").apply()
        world.at(holiday)
        for flow, _, _ in flows:
            ran = world.run(flow)
            assert (ran.type, ran.message) == ("COMPLETED", f"{COUNCIL}Nothing is sent today: {why}.")
            assert world.artifacts(prefect_api, ran) != []
        assert snapshot(world.store)["prompt"] == []


def test_a_run_works_for_the_clock_and_is_named_by_it(world: World, prefect_api: str) -> None:
    ran = world.at("Mon 23 Sep 2019 07:30").run("action-plan")
    known = to_prefect.get(f"{prefect_api}/flow_runs/{ran.id}", auth=AUTH).json()
    assert known["name"] == "Action plan · Mon 23 Sep 2019 07:30"
    assert not ran.message.startswith(f"{COUNCIL}0 new prompts")


def test_every_other_duty_is_kept_by_one_flow_and_the_five_named_are_not(world: World, prefect_api: str) -> None:
    flow, moment, ref = OTHERS
    first = world.at(moment).run(flow)
    assert not first.message.startswith(f"{COUNCIL}0 new prompts")
    _is_told_by_post_and_never_by_name(world, prefect_api, first, ref, flow)
    assert [entry.key.milestone for entry in world.store.ledger.entries(refs={ref})[ref]] == [ref]
    duties = {each.split("/")[0] for each in _refs(snapshot(world.store)["prompt"])}
    assert duties
    assert duties.isdisjoint({each[2].split("/")[0] for each in MORNINGS})
    assert world.run(flow).message.startswith(f"{COUNCIL}0 new prompts")


def test_a_duty_that_a_council_adds_is_reminded_of_without_a_flow_of_its_own(world: World) -> None:
    own = {
        "title": "Summer school planned",
        "class": "D",
        "kind": "session",
        "rule": "by 2019-09-16",
        "basis": "Council practice",
        "status": "local",
        "owner": "training_lead",
        "ladder": "routine",
        "milestones": {"plan": {"title": "Plan of the summer school", "when": "by legal", "asks": "Plan it."}},
    }
    council = {"key": "arden", "name": "Arden Council", "programme": "Improvement programme"}
    path = variant(world.home, name="arden.yaml", council=council, obligations={"summer-school": own})
    world.at("Tue 27 Aug 2019 07:00").apply(path)
    world.at("Mon 9 Sep 2019 07:40").run("other-duties")
    assert any("summer-school/1/plan" in row and "'arden'" in row for row in snapshot(world.store)["prompt"])


def _is_told_by_post_and_never_by_name(world: World, prefect_api: str, ran: Ran, ref: str, key: str) -> None:
    """Find one table of what was said and held."""
    (artifact,) = world.artifacts(prefect_api, ran)
    assert (artifact["key"], artifact["type"]) == (f"{key}-medway", "markdown")
    said, _, numbers = artifact["data"].partition("## Each duty in this run")
    (row,) = [line.split(" | ") for line in said.splitlines() if line.endswith(f"| {ref} |")]
    assert row[0].removeprefix("| ") in {post.title for post in world.timeline.directory.posts.values()}
    assert row[3].startswith("The rung first-notice: ")
    said_by_duty = [int(number) for number in re.findall(r"^\| [^|]+ \| (\d+) \|", numbers, re.MULTILINE)]
    assert f"{sum(said_by_duty)} new prompt" in ran.message
    everything = json.dumps(artifact, ensure_ascii=False)
    assert [name for name in NAMES.values() if name in everything] == []
    assert "@" not in everything


def test_before_anything_is_applied_a_run_says_so(tmp_path: Path, prefect_api: str) -> None:
    with World(tmp_path) as world:
        assert world.at("Mon 23 Sep 2019 07:30").run("action-plan").message == (
            "No council's timeline has been applied yet."
        )


def test_every_council_in_the_database_is_served(world: World) -> None:
    other = {"key": "arden", "name": "Arden Council", "programme": "Improvement programme"}
    world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, name="arden.yaml", council=other))
    ran = world.at("Mon 23 Sep 2019 07:30").run("action-plan")
    assert re.fullmatch(r"Arden Council: \d+ new prompts?; .*\. Medway Council: \d+ new prompts?; .*\.", ran.message)
    prompts = snapshot(world.store)["prompt"]
    assert [("'arden'" in row, "'medway'" in row) for row in prompts] == [(True, False), (False, True)]


# Every flow that goes through the councils.
FLOWS = ("action-plan", "other-duties", "directors-monday", "notify", "assurance", "retention")


def test_a_council_that_cannot_be_read_takes_no_other_with_it(world: World) -> None:
    ours, other = world.store, {"key": "arden", "name": "Arden Council", "programme": "Improvement programme"}
    world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, name="arden.yaml", council=other))
    spoil(world.store)
    world.store = ours
    world.at("Mon 23 Sep 2019 08:30")
    for name in rotation.part(FLOWS, one_in=3, always=("action-plan", "notify")):
        ran = world.run(name)
        assert (ran.type, ran.message[:23]) == ("FAILED", "arden could not be serv"), name
    world.expect_mail(to="improvement_programme_lead", about="First draft of the action plan")
    assert world.run("stop-sending", silence={"who": "Head", "reason": "A test"}).type == "COMPLETED"
    assert ours.outbox.stopped()


def test_late_is_still_due(world: World) -> None:
    """Test that no flow ran for three days: the first notice is said on the fourth, and once."""
    world.live("Thu 26 Sep 2019 08:30", "action-plan")
    world.expect_mail(to="improvement_programme_lead", about="First draft of the action plan")


def _refs(rows: list[str]) -> set[str]:
    return {given[1] for row in rows if (given := re.search(r"'([a-z-]+/\d+/[a-z-]+)'", row))}
