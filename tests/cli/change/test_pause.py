"""`daymark pause` and `resume`: a duty or a person left alone, and what is said afterwards."""

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import variant

CASES = "plo-panel/1/cases"


@pytest.fixture
def world(empty: World) -> World:
    """Begin when Medway was applied without a shadow, and nothing was said yet."""
    empty.apply()
    return empty


def test_what_waits_is_withdrawn_and_said_when_the_pause_ends(world: World, daymark: Commands) -> None:
    world.at("Wed 28 Aug 2019 07:36").decide("plo-panel")
    assert world.waiting() == 1
    said = daymark("pause", "plo-panel", "--until", "2019-08-29", "--by", "Programme lead")
    assert (said.code, said.out) == (0, "Paused until Thursday 29 August 2019: plo-panel.\n")
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_no_mail()
    assert world.reasons(CASES) == ["It is paused until Thursday 29 August 2019."]
    world.live("Fri 30 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead", about="List of cases")
    world.live("Mon 2 Sep 2019 08:30", "plo-panel")
    world.expect_no_mail(to="performance_lead")


def test_what_is_grouped_already_is_taken_apart_and_withdrawn(world: World, daymark: Commands) -> None:
    world.catcher.stop()
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.catcher.start()
    daymark("pause", "plo-panel", "--until", "2019-09-05")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.at("Wed 28 Aug 2019 09:00").deliver()
    world.expect_no_mail()
    assert world.reasons(CASES) == ["It is paused until Thursday 5 September 2019."]


def test_a_long_pause_ends_in_the_latest_word_alone(world: World, daymark: Commands) -> None:
    daymark("pause", "plo-panel", "--until", "2019-09-03")
    for when in ("Wed 28 Aug 2019", "Fri 30 Aug 2019", "Tue 3 Sep 2019"):
        world.live(f"{when} 08:30", "plo-panel")
        world.expect_no_mail()
    world.live("Wed 4 Sep 2019 08:30", "plo-panel")
    mail = world.expect_mail(to="performance_lead")
    assert mail.text.count("List of cases to the chair") == 1


def test_resumed_it_is_said_the_next_morning(world: World, daymark: Commands) -> None:
    daymark("pause", "plo-panel", "--until", "2020-03-31")
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    assert daymark("resume", "plo-panel").out == "No longer paused: plo-panel.\n"
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead")


def test_it_warns_of_what_falls_due_meanwhile_whose_date_stands(world: World, daymark: Commands) -> None:
    said = daymark("pause", "plo-panel", "--until", "2019-09-30")
    assert said.code == 1
    assert said.faults[0].startswith("warning: plo-panel/1/cases is due on ")
    assert said.faults[0].endswith("Its date stands.")


def test_list_show_and_why_say_until_when(world: World, daymark: Commands) -> None:
    world.at("Wed 28 Aug 2019 09:00")
    colours = {row["ref"]: row["rag"] for row in daymark("list", "--json").objects}
    daymark("pause", "plo-panel", "--until", "2019-09-30")
    sentence = "paused until Monday 30 September 2019"
    for command in ("list",), ("show", CASES), ("why", CASES):
        assert sentence in " ".join(daymark(*command).out.split())
    listed = daymark("list", "--json").objects
    assert {item["ref"]: item["rag"] for item in listed} == colours
    paused = [item["ref"] for item in listed if sentence in item["rag_why"]]
    assert {ref.split("/")[0] for ref in paused} == {"plo-panel"}
    # What comes long after it is not held up by it.
    assert CASES in paused
    assert "plo-panel/9/cases" not in paused
    assert any(sentence in row["what"] for row in daymark("why", CASES, "--json").objects[0]["rungs"])


LONG = ("pause", "action-plan", "--until", "2020-01-31", "--by", "Programme lead")


def test_a_pause_over_a_date_of_class_a_is_shown_first_and_needs_yes(world: World, daymark: Commands) -> None:
    before = snapshot(world.store)
    said = daymark(*LONG)
    assert (said.code, said.out) == (1, "")
    assert said.faults[0].startswith("action-plan/1 (class A), “")
    assert "has its date in the pause: Thursday 28 November 2019" in said.faults[0]
    assert said.faults[-1] == "Nothing was changed: say --yes to pause it all the same."
    assert snapshot(world.store) == before
    assert daymark(*LONG, "--yes").code == 1
    assert [pause.obligation for pause in world.store.definitions.pauses()] == ["action-plan"]


def test_while_something_is_stopped_or_paused_everything_says_so_first(world: World, daymark: Commands) -> None:
    daymark(*LONG, "--yes")
    daymark("stop-sending", "--by", "Head of ICT", "--reason", "the mail server moves")
    stop, pause = (
        "Sending is stopped since Tuesday 27 August 2019 at 07:00 by Head of ICT",
        "is paused since Tuesday 27",
    )
    for command in (("list",), ("monday",), ("assurance",)):
        first, second, *_ = daymark(*command).out.splitlines()
        assert first.startswith(stop), command
        assert pause in second, command
        assert "Thursday 28 November 2019 (action-plan/1)" in second
    said = daymark("list", "--json")
    assert said.faults[0].startswith(stop)
    assert all("ref" in line for line in said.objects)
    assert "Paused: " in daymark("monday").out
    daymark("resume", "action-plan")
    daymark("stop-sending", "--resume")
    for command in (("list",), ("monday",), ("assurance",)):
        assert "paused" not in daymark(*command).out.lower(), command


@pytest.mark.slow("rehearses a year")
def test_a_pause_in_the_file_over_such_a_date_is_warned_of(world: World, daymark: Commands) -> None:
    paused = [{"duty": "action-plan", "from": "2019-11-01", "until": "2019-12-31"}]
    said = daymark("check", variant(world.home, pauses=paused))
    assert "warning: medway.yaml: pauses, entry 1: action-plan/1 (class A), “" in said.out


@pytest.mark.parametrize("who", ["performance_lead", "performance.lead@medway.example"])
def test_a_person_by_post_or_address_is_as_if_away_and_a_missing_deputy_is_told(
    world: World, daymark: Commands, who: str
) -> None:
    said = daymark("pause", who, "--until", "2019-09-05")
    assert said.code == 1
    assert "has no deputy: what is for it goes to its line manager." in said.err
    assert world.timeline.directory.absent("performance-lead", on=world.now.date())
    assert daymark("resume", who).code == 0
    assert not world.timeline.directory.absent("performance-lead", on=world.now.date())


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("pause", "plo-pannel", "--until", "2019-09-30"), "There is no duty and no post “plo-pannel”; expected"),
        (("pause", "x@medway.example", "--until", "2019-09-30"), "Nobody here has the address x@medway.example;"),
        (("pause", "plo-panel", "--until", "2019-08-26"), "“2019-08-26” is not to come; expected the last day"),
        (("pause", "plo-panel", "--until", "9999-12-31"), "“9999-12-31” is not to come; expected the last day"),
        (("pause", "plo-panel", "--until", "soon"), "--until: “soon” is no date"),
        (("pause", "plo-panel"), "Missing option '--until'."),
        (("resume", "plo-panel"), "“plo-panel”: It is not paused."),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    world: World, daymark: Commands, command: tuple[str, ...], sentence: str
) -> None:
    before = snapshot(world.store)
    said = daymark(*command)
    assert (said.code, len(said.faults)) == (2, 1)
    assert said.faults[0].startswith(sentence)
    assert snapshot(world.store) == before
