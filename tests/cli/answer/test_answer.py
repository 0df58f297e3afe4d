"""`daymark ack|done|help|decline|delegate|confirm`: on behalf of somebody, audited as such."""

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot

CASES = "plo-panel/1/cases"
LEAD = "performance.lead@medway.example"
OTHER = "project.support@medway.example"


@pytest.mark.parametrize(
    ("command", "state", "says"),
    [
        (["ack"], "acknowledged", "You have this. Recorded on Wednesday 28 August 2019 at 10:00."),
        (["done", "--evidence", "Minutes, item 2"], "done", "Recorded as done. Recorded on Wednesday 28 August 2019"),
        (["help", "--text", "Two people short"], "blocked", "You asked for help. Recorded on Wednesday 28 August 2019"),
        (["decline", "--text", "The clerk has it"], "declined", "Recorded as not yours. Recorded on Wednesday 28"),
    ],
)
def test_an_answer_is_recorded_and_shown(
    house: World, daymark: Commands, command: list[str], state: str, says: str
) -> None:
    said = daymark(command[0], CASES, *command[1:], "--as", LEAD)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(says)
    (shown,) = daymark("show", CASES, "--json").objects
    assert shown["state"] == state
    assert ("performance-lead", "command line") in [(line["who"], line["via"]) for line in shown["trail"]]


def test_for_somebody_else_both_names_are_kept(house: World, daymark: Commands) -> None:
    assert daymark("ack", CASES, "--as", OTHER, "--for", LEAD).code == 0
    (response,) = house.store.inbound.responses(refs={CASES})[CASES]
    assert (response.person, response.answered_by) == ("performance-lead", "Project Support")


def test_a_task_is_passed_on(house: World, daymark: Commands) -> None:
    said = daymark("delegate", CASES, "--as", LEAD, "--to", OTHER, "--text", "You keep the list")
    assert said.out.startswith("Passed on. Recorded on Wednesday 28 August 2019 at 10:00. Project Support is asked")
    (response,) = house.store.inbound.responses(refs={CASES})[CASES]
    assert (response.person, response.delegated_to, response.text) == (
        "performance-lead",
        "project-support",
        "You keep the list",
    )
    house.deliver()
    house.expect_mail(to="project_support", about="You keep the list")


def test_a_task_is_passed_on_for_somebody_else(house: World, daymark: Commands) -> None:
    manager = house.address("head_of_quality_assurance")
    assert daymark("delegate", CASES, "--as", manager, "--for", LEAD, "--to", OTHER).code == 0
    (response,) = house.store.inbound.responses(refs={CASES})[CASES]
    assert (response.person, response.delegated_to) == ("performance-lead", "project-support")
    assert response.answered_by


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("nobody@medway.example", "Nobody here has the address nobody@medway.example"),
        (LEAD, "You cannot pass a task on to yourself"),
    ],
)
def test_a_task_is_not_passed_on_to_nobody(house: World, daymark: Commands, to: str, says: str) -> None:
    said = daymark("delegate", CASES, "--as", LEAD, "--to", to)
    assert (said.code, len(said.faults)) == (2, 1)
    assert said.err.startswith(says)
    assert house.store.inbound.responses(refs={CASES}) == {}


def test_addresses_are_read_in_any_case(house: World, daymark: Commands) -> None:
    assert daymark("ack", CASES, "--as", LEAD.upper()).code == 0


def test_the_same_answer_twice_is_one(house: World, daymark: Commands) -> None:
    for _ in range(2):
        assert daymark("done", CASES, "--as", LEAD, "--evidence", "Minutes, item 2").code == 0
    assert len(house.store.inbound.responses(refs={CASES})[CASES]) == 1


def test_what_is_done_is_not_reopened_by_another_answer(house: World, daymark: Commands) -> None:
    daymark("done", CASES, "--as", LEAD, "--evidence", "Minutes, item 2")
    said = daymark("decline", CASES, "--as", LEAD)
    assert (said.code, said.err) == (2, "This task is already recorded as done, so nothing was changed.\n")


@pytest.mark.parametrize("command", ["help", "decline"])
def test_a_call_for_help_reaches_the_line_manager_though_prefect_is_away(
    house: World, daymark: Commands, command: str
) -> None:
    assert daymark(command, CASES, "--as", LEAD, "--text", "Two people short").code == 0
    house.deliver()
    house.expect_mail(to="head_of_quality_assurance", about="Two people short")


DRAFT = "action-plan/1/draft"
PROGRAMME_LEAD = "programme.lead@medway.example"
MANAGER = "head.of.business.change@medway.example"


def draft_done(daymark: Commands) -> None:
    said = daymark("done", DRAFT, "--as", PROGRAMME_LEAD, "--evidence", "Draft 1, item 4")
    assert said.out.endswith(
        "Nobody is asked to do it any more. It waits for the Head of Business Change (People) and ICT to confirm it.\n"
    )


def test_a_second_person_confirms(house: World, daymark: Commands) -> None:
    draft_done(daymark)
    (shown,) = daymark("show", DRAFT, "--json").objects
    assert (shown["state"], shown["rag"]) == ("unconfirmed", "amber")
    said = daymark("confirm", DRAFT, "--as", MANAGER)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Confirmed as done. Recorded on Wednesday 28 August 2019 at 10:00. Nobody will be asked")
    (shown,) = daymark("show", DRAFT, "--json").objects
    assert (shown["state"], shown["rag"]) == ("done", "green")
    assert ("head-of-improvement", "confirmed") in [(line["who"], line["what"]) for line in shown["trail"]]


def test_a_second_person_says_what_is_missing(house: World, daymark: Commands) -> None:
    draft_done(daymark)
    assert daymark("confirm", DRAFT, "--as", MANAGER, "--not-done").faults == [
        "Please say what is missing, so that it can be done."
    ]
    said = daymark("confirm", DRAFT, "--as", MANAGER, "--not-done", "--text", "The annex is missing.")
    assert said.out.startswith("Recorded as not done yet.")
    house.deliver()
    house.expect_mail(to="improvement_programme_lead", about="Their words: “The annex is missing.”")


@pytest.mark.parametrize(
    ("who", "fault"),
    [
        (["--as", PROGRAMME_LEAD], "Whoever did it, or recorded it, cannot confirm it."),
        (["--as", PROGRAMME_LEAD, "--for", MANAGER], "Whoever did it, or recorded it, cannot confirm it."),
        (["--as", LEAD], "This person cannot confirm it."),
    ],
)
def test_who_may_not_confirm_is_refused_in_a_sentence(
    house: World, daymark: Commands, who: list[str], fault: str
) -> None:
    draft_done(daymark)
    before = snapshot(house.store)
    said = daymark("confirm", DRAFT, *who)
    assert (said.code, len(said.faults)) == (2, 1)
    assert said.faults[0].startswith(fault)
    assert "It waits for the Head of Business Change" in said.faults[0]
    assert snapshot(house.store) == before


def test_nothing_is_confirmed_that_is_not_done(house: World, daymark: Commands) -> None:
    said = daymark("confirm", DRAFT, "--as", MANAGER)
    assert (said.code, said.faults) == (
        2,
        ["This task is not recorded as done, so there is nothing to confirm yet."],
    )


def test_the_list_says_that_it_is_done_and_not_confirmed(house: World, daymark: Commands) -> None:
    draft_done(daymark)
    assert "done, not confirmed" in daymark("list").out
