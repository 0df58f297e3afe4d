"""`daymark list`, `show` and `why`: their JSON is the design's, and their text is for people."""

from tests.cli.house import Commands
from tests.harness import World, snapshot
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"
KEYS = {"ref", "title", "class", "legal_on", "due_on", "state", "rag", "rag_why", "post", "owner"}


def test_list_prints_one_object_a_line_with_the_keys_of_the_design(house: World, daymark: Commands) -> None:
    said = daymark("list", "--json")
    assert said.code == 0
    assert all(set(row) == KEYS for row in said.objects)
    cases = next(row for row in said.objects if row["ref"] == CASES)
    assert cases["title"] == "List of cases to the chair"
    assert (cases["class"], cases["legal_on"], cases["due_on"]) == ("C", "2019-09-03", "2019-09-03")
    assert (cases["state"], cases["post"], cases["owner"]) == ("open", "performance_lead", "Performance Lead")
    assert cases["rag"] in ("red", "amber", "green", "grey")
    assert cases["rag_why"].endswith(".")


def test_list_is_by_date_and_leaves_out_what_is_done_and_what_is_history(house: World, daymark: Commands) -> None:
    house.done(CASES, by="performance_lead")
    shown = daymark("list", "--json").objects
    dates = [each["due_on"] or "9999" for each in shown]
    assert dates == sorted(dates)
    assert dates[0] >= "2019-08-27"
    refs = {each["ref"] for each in shown}
    everything = {row["ref"] for row in daymark("list", "--all", "--json").objects}
    assert CASES not in refs
    assert {CASES, "practice-manager-training/1/theme"} <= everything  # due on 20 Aug, before going live


def test_show_adds_the_trail_with_the_keys_of_the_design(house: World, daymark: Commands) -> None:
    house.answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
    (shown,) = daymark("show", CASES, "--json").objects
    assert set(shown) == KEYS | {"trail"}
    assert all(set(line) == {"at", "who", "what", "via", "why"} for line in shown["trail"])
    whats = [line["what"] for line in shown["trail"]]
    assert [what for what in whats if what in ("prompt written", "message composed", "acknowledged")] == [
        "prompt written",
        "message composed",
        "acknowledged",
    ]
    assert "attempt 1: accepted" in whats
    assert [line["at"] for line in shown["trail"]] == sorted(line["at"] for line in shown["trail"])
    assert shown["trail"][-1]["at"] == "2019-08-28T10:00:00+01:00"


def test_show_tells_all_tasks_of_an_occurrence_and_takes_a_unique_beginning(house: World, daymark: Commands) -> None:
    refs = [row["ref"] for row in daymark("show", "plo-panel/1", "--json").objects]
    assert sorted(refs) == [f"plo-panel/1/{key}" for key in ("actions", "cases", "minutes", "papers")]
    (shown,) = daymark("show", "plo-panel/1/c", "--json").objects
    assert shown["ref"] == CASES


def test_a_duty_with_one_occurrence_is_enough_of_a_name(house: World, daymark: Commands) -> None:
    refs = [row["ref"] for row in daymark("show", "commissioner-report", "--json").objects]
    assert sorted(refs) == [f"commissioner-report/1/{key}" for key in ("evidence", "evidence-index", "report", "views")]
    (shown,) = daymark("show", "commissioner-report/1/evidence", "--json").objects
    assert shown["ref"] == "commissioner-report/1/evidence"


def test_why_gives_the_arithmetic_the_basis_and_an_account_of_every_rung(house: World, daymark: Commands) -> None:
    (shown,) = daymark("why", CASES, "--json").objects
    assert set(shown) == {"ref", "basis", "kind", "certainty", "steps", "away", "countdown", "rungs"}
    assert shown["steps"]
    rungs = {rung["rung"]: rung for rung in shown["rungs"] if rung["repeat"] == 0}
    assert set(rungs["first-notice"]) == {"rung", "repeat", "at", "to", "what"}
    assert rungs["first-notice"]["what"] == "Sent on Wed 28 Aug 2019 at 08:30."
    assert rungs["on-the-day"]["what"].startswith("To come on Tuesday 3 September 2019")


def test_why_says_what_was_answered_instead(house: World, daymark: Commands) -> None:
    house.done(CASES, by="performance_lead")
    (shown,) = daymark("why", CASES, "--json").objects
    assert {rung["what"] for rung in shown["rungs"] if rung["rung"] == "on-the-day"} == {"Not said: it is done."}


def test_texts_for_people_name_the_task_the_post_and_the_days(house: World, daymark: Commands) -> None:
    listed, shown, why = daymark("list"), daymark("show", CASES), daymark("why", CASES)
    assert "List of cases to the chair" in " ".join(shown.out.split())
    assert "Working date Tuesday 3 September 2019" in shown.out
    assert "Wed 28 Aug 2019 08:30" in shown.out
    assert "first-notice to Performance lead: Sent on Wed 28 Aug 2019 at 08:30." in why.out
    assert CASES in listed.out


# The sign-off countdown. It is Wed 28 Aug 2019; Cabinet meets on Tue 3 and Tue 24 Sep 2019.

CABINET = (
    "Cabinet on Tue 24 Sep is the last recorded meeting that still allows Thu 28 Nov: "
    "notice was due by Fri 23 Aug, papers cleared by Fri 13 Sep, agenda out by Mon 16 Sep."
)


def test_list_tells_the_countdown_of_each_open_submission_below_its_table(house: World, daymark: Commands) -> None:
    assert daymark("list").out.endswith(f"Sign-off\n  action-plan/1: {CABINET}\n")
    assert all(set(row) == KEYS for row in daymark("list", "--json").objects)
    house.done("action-plan/1/submitted", by="improvement_programme_lead")
    assert "Sign-off" not in daymark("list", "--all").out


def test_why_and_show_tell_the_steps_once_for_the_occurrence(house: World, daymark: Commands) -> None:
    occurrence, *tasks = daymark("why", "action-plan/1", "--json").objects
    assert occurrence["countdown"][0] == CABINET
    assert "Agenda and report out: Monday 16 September 2019." in occurrence["countdown"]
    assert [task["countdown"] for task in tasks] == [[]] * len(tasks)
    for command in ("why", "show"):
        assert daymark(command, "action-plan/1").out.count(f"  Sign-off: {CABINET}\n") == 1


def test_a_task_up_to_the_due_date_has_the_steps_and_a_later_one_has_none(house: World, daymark: Commands) -> None:
    for task, counted in (("sign-off", True), ("submitted", True), ("receipt", False)):
        ref = f"action-plan/1/{task}"
        (shown,) = daymark("why", ref, "--json").objects
        assert bool(shown["countdown"]) is counted
        assert (CABINET in daymark("why", ref).out, CABINET in daymark("show", ref).out) == (counted, counted)


def test_show_tells_the_original_date_and_every_reading_of_an_occurrence(house: World, daymark: Commands) -> None:
    shown = daymark("show", "action-plan/1").out
    assert shown.startswith("action-plan/1  Action plan to Ofsted and the Secretary of State\n")
    assert "Legal date Thursday 28 November 2019, working date Thursday 28 November 2019." in shown
    assert "Reading “no later than, counted from publication”" in shown


def test_show_tells_a_window_that_nobody_has_confirmed(house: World, daymark: Commands) -> None:
    shown = daymark("show", "monitoring-visit/1").out
    assert "  Not confirmed yet: between " in shown


def test_show_tells_every_move_of_an_occurrence_in_words(house: World, daymark: Commands) -> None:
    given = ("--reason", "Ofsted said so", "--by", "Ofsted", "--yes")
    for days in (("2019-12-10", "2019-12-11"), ("2019-12-17", "2019-12-18")):
        daymark("move", "monitoring-visit/1", "--to", *days, *given)
    shown = daymark("show", "monitoring-visit/1").out.partition("monitoring-visit/1/")[0]
    assert "Not confirmed yet" not in shown
    moves = [
        splitline.strip() for splitline in shown.splitlines() if " moved to " in splitline and "·" not in splitline
    ]
    assert [move.partition(" moved to ")[2].partition(":")[0] for move in moves] == [
        "Tuesday 10 December 2019 to Wednesday 11 December 2019",
        "Tuesday 17 December 2019 to Wednesday 18 December 2019",
    ]
    assert "  Originally the window from " in shown
    assert "due on" not in shown


def test_looking_changes_nothing(house: World, daymark: Commands) -> None:
    before = snapshot(house.store)
    for command in (["list"], ["list", "--all", "--json"], ["show", CASES], ["why", CASES, "--json"]):
        assert daymark(*command).code == 0
    assert snapshot(house.store) == before
