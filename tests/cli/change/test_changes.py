"""`daymark preview`, `record`, `move` and `undo`: shown first, done in one go, and taken back."""

import re

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import MEDWAY, variant

pytestmark = pytest.mark.slow("a preview rehearses a year before and after the change")

RECORD = ("record", "report_received", "2019-08-22", "--by", "Lead", "--source", "Ofsted’s letter")
MOVE = ("move", "plo-panel/1", "--to", "2019-09-25", "--reason", "The room is flooded.")
OTHER_RULE = {"plo-panel": "monthly on the 2nd wednesday from 2019-08-27"}


@pytest.mark.parametrize("command", [RECORD, MOVE, ("preview", "other.yaml")], ids=lambda each: each[0])
def test_without_yes_nothing_is_changed_and_the_exit_code_is_1(
    house: World, daymark: Commands, command: tuple[str, ...]
) -> None:
    given = (variant(house.home, rules=OTHER_RULE) if each == "other.yaml" else each for each in command)
    before = snapshot(house.store)
    assert daymark(*given).code == 1
    assert snapshot(house.store) == before


def test_time_that_passes_is_no_difference(house: World, daymark: Commands) -> None:
    house.at("Mon 18 Nov 2019 10:00")
    changes = [row for row in daymark("preview", MEDWAY, "--json").objects if row["change"] != "council"]
    assert changes == []


def test_a_moved_meeting_says_from_to_why_and_who_was_told(house: World, daymark: Commands) -> None:
    shown = {row["ref"]: row for row in daymark(*MOVE, "--json").objects}
    assert shown["plo-panel/1"] == {
        "change": "moved",
        "ref": "plo-panel/1",
        "from": "2019-09-10",
        "to": "2019-09-25",
        "why": "plo-panel/1 is moved to 25 September 2019: The room is flooded.",
        "told": [],
    }
    told = [each for each in shown.values() if each["told"]]
    assert [each["ref"].split("/")[0] for each in told] == ["plo-panel"] * len(told)


def test_recorded_it_moves_the_dates_and_a_second_time_changes_nothing(house: World, daymark: Commands) -> None:
    assert daymark(*RECORD, "--yes").code == 0
    before = snapshot(house.store)
    assert daymark(*RECORD, "--yes").out == "This is recorded already: nothing changes.\n"
    assert snapshot(house.store) == before
    assert daymark("apply", MEDWAY).code in (0, 1)
    assert [fact.on.isoformat() for fact in house.timeline.facts if fact.name == "report_received"][-1] == "2019-08-22"


def test_moved_away_and_back_again_is_no_repetition(house: World, daymark: Commands) -> None:
    for hour, to in (11, "2019-09-25"), (12, "2019-09-26"), (13, "2019-09-25"):
        house.at(f"Wed 28 Aug 2019 {hour}:00")
        assert daymark("move", "plo-panel/1", "--to", to, "--reason", "x", "--yes").code == 0
    assert [revision.what for revision in house.store.changes.revisions()].count("move") == 3


def test_undo_says_what_it_took_back_and_what_moved(house: World, daymark: Commands) -> None:
    before = house.store.plan.occurrences()
    daymark(*MOVE, "--yes")
    assert house.store.plan.occurrences() != before
    said = daymark("undo")
    assert said.code == 0
    assert said.out.startswith("Taken back: move of Wednesday 28 August 2019 10:00 by daymark move (The room is")
    assert "2019-09-25 → 2019-09-10" in said.out
    number = re.search(r"change (\d+)\.", said.out)
    assert number
    again = daymark("undo", "--change", number[1])
    assert (again.code, "is taken back already: nothing was changed now." in again.err) == (2, True)
    (now,) = [occurrence for occurrence in house.store.plan.occurrences() if occurrence.ref == "plo-panel/1"]
    assert now in before


def test_several_days_follow_the_option_as_they_are_written(house: World, daymark: Commands) -> None:
    said = daymark("move", "monitoring-visit/1", "--to", "2020-08-20", "2020-08-21", "--reason", "Postponed", "--json")
    assert {row["ref"]: row["to"] for row in said.objects}["monitoring-visit/1"] == "2020-08-20 to 2020-08-21"


def test_known_later_changes_nothing_before(house: World, daymark: Commands) -> None:
    said = daymark(*RECORD, "--known", "2019-12-02")
    assert (said.code, said.out.splitlines()[0]) == (
        0,
        "Nothing changes before Monday 2 December 2019 00:00: it is known from then.",
    )


def test_a_further_report_of_the_commissioner_is_recorded_for_the_next_occurrence(
    house: World, daymark: Commands
) -> None:
    due = ("record", "commissioner_report_due", "2020-06-01", "--by", "DfE", "--source", "letter")
    assert "a further one is recorded for commissioner-report/2" in daymark(*due).err
    shown = {row["ref"]: row["to"] for row in daymark(*due, "--for", "commissioner-report/2", "--json").objects}
    assert (shown["commissioner-report/2"], "commissioner-report/1" in shown) == ("2020-06-01", False)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("record", "report_recieved", *RECORD[2:]), "There is no fact “report_recieved”."),
        (("record", "report_received", "soon", *RECORD[3:]), "DATE: “soon” is no date; expected a day such as"),
        ((*RECORD[:3], "2019-08-21", *RECORD[3:]), "2019-08-21 is before 2019-08-22; expected the last day"),
        ((*RECORD, "--for", "plo-panel/x"), "There is no occurrence “plo-panel/x” (see daymark list)."),
        ((*RECORD, "--known", "x"), "--known: “x” is no date"),
        (("record", "moved", *RECORD[2:]), "“moved” is about one occurrence; expected which"),
        (("record", "report_received", "9999-12-31", *RECORD[3:]), "Found 9999-12-31; expected a day from"),
        (("move", "plo-panel/1", "--reason", "x"), "Say one of --to DATE [END], --held DATE [END] and --cancel."),
        (("move", "plo-panel/1/cases", "--cancel", "--reason", "x"), "“plo-panel/1/cases” is a task; expected"),
        (("move", "plo-panel", "--cancel", "--reason", "x"), "“plo-panel” could be"),
        (("move", "nothing", "--cancel", "--reason", "x"), "Nothing is called “nothing”"),
        (("undo",), "The first apply cannot be taken back: reminders were written"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    house: World, daymark: Commands, command: tuple[str, ...], sentence: str
) -> None:
    before = snapshot(house.store)
    said = daymark(*command)
    assert (said.code, len(said.faults)) == (2, 1)
    assert said.faults[0].startswith(sentence)
    assert snapshot(house.store) == before


def test_a_change_that_no_longer_fits_is_warned_of(house: World, daymark: Commands) -> None:
    # Sat 28 Sep 2019
    said = daymark("move", "plo-panel/1", "--to", "2019-09-28", "--reason", "The room is flooded", "--json")
    assert [row["why"] for row in said.objects if row["change"] == "warning"] == [
        "PLO monitoring panel would be on Saturday 28 September 2019, which is no working day (a Saturday)."
    ]
    assert not [row for row in daymark(*MOVE, "--json").objects if row["change"] == "warning"]


def test_closing_the_council_on_the_day_of_a_submission_is_warned_of_before_it_is_applied(
    house: World, daymark: Commands
) -> None:
    closed = variant(house.home, closure_days=[{"on": "2019-11-28", "name": "Privilege day"}])
    warned = [row for row in daymark("preview", closed, "--json").objects if row["change"] == "warning"]
    assert [each["ref"] for each in warned] == ["action-plan/1"]
    assert warned[0]["why"].endswith("closed (Privilege day). We work to Wednesday 27 November 2019.")


DAILY = {
    "title": "Daily note",
    "class": "A",
    "kind": "session",
    "rule": "every 1 day from 2019-10-01",
    "basis": "Council practice",
    "status": "local",
    "owner": "director",
    "ladder": "preparation",
    "milestones": {"note": {"title": "Note of the day", "when": "by due", "asks": "Write it."}},
}


def test_a_change_that_writes_too_often_to_somebody_is_warned_of(house: World, daymark: Commands) -> None:
    path = variant(house.home, obligations={"daily-note": DAILY})
    warned = [row for row in daymark("preview", path, "--json").objects if row["change"] == "warning"]
    told = next(each["why"] for each in warned if each["ref"] == "director")
    assert told.startswith("Director of People: above 3 mails in")
