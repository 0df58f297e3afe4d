"""Test what is said in a Teams channel, through the real pages, the real store and the door: answers, list and why."""

import pytest
from starlette.testclient import TestClient

from tests.harness import World, snapshot
from tests.web.teams_house import CASES, activity, post, responses, say, unchanged
from timeline.answers.responses import Answer


def test_an_acknowledgement_is_recorded_and_answered(client: TestClient, world: World) -> None:
    said = say(client, world, f"ack {CASES}")
    assert said == (
        "plo-panel/1/cases: You have this. Recorded on Wednesday 28 August 2019 at 08:30. "
        "It is not done yet: we are quiet until Tuesday 3 September, and ask again then."
    )
    (response,) = responses(world)
    assert (response.answer, response.person, response.via) == (Answer.ACKNOWLEDGED, "performance-lead", "teams")
    assert response.answered_by == ""
    assert world.store.audit.verify() is None


@pytest.mark.parametrize("ref", ["PLO-Panel/1/CASES", "plo-panel/1/c", "plo-panel/1/cases."])
def test_a_unique_prefix_in_any_case_will_do(client: TestClient, world: World, ref: str) -> None:
    say(client, world, f"ACK {ref}")
    assert len(responses(world)) == 1


@pytest.mark.parametrize("ref", ["plo-panel/1", "plo-panel", "p", "plo-panel/1/"])
def test_a_prefix_of_several_tasks_changes_nothing(client: TestClient, world: World, ref: str) -> None:
    assert "write more of the reference" in unchanged(client, world, f"ack {ref}")


def test_done_with_a_link_is_done(client: TestClient, world: World) -> None:
    link = '<a href="https://council.example/x?a=1&amp;b=2">List</a>'
    said = say(client, world, f"done {CASES} {link}")
    assert said.startswith("plo-panel/1/cases: Recorded as done.")
    (response,) = responses(world)
    assert (response.answer, response.evidence) == (Answer.DONE, "List https://council.example/x?a=1&b=2")


def test_done_without_evidence_is_acknowledged_says_done_and_is_asked_for_it(client: TestClient, world: World) -> None:
    said = say(client, world, f"done {CASES}")
    assert "It is not done yet" in said
    assert "“done plo-panel/1/cases” and a link or a reference" in said
    (response,) = responses(world)
    assert (response.answer, response.text) == (Answer.ACKNOWLEDGED, "done")


@pytest.mark.parametrize(("word", "answer"), [("help", Answer.HELP), ("decline", Answer.DECLINED)])
def test_words_go_with_help_and_decline_and_to_the_line_manager(
    client: TestClient, world: World, word: str, answer: Answer
) -> None:
    said = say(client, world, f"{word} {CASES} Nobody has the list & it's late.")
    assert "We tell the Head of quality assurance" in said
    assert "Nobody" not in said
    (response,) = responses(world)
    assert (response.answer, response.text) == (answer, "Nobody has the list & it's late.")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.expect_mail(to="head_of_quality_assurance", about="Nobody has the list")


def test_help_is_answered_while_prefect_is_away(client: TestClient, world: World) -> None:
    # Nothing listens at the Prefect port of a story.
    assert say(client, world, f"help {CASES}").startswith("plo-panel/1/cases: You asked for help.")


DOUBTS = ["ack {} but not before Friday", "done {} by Friday https://x.example", "ack {} ?", "done {} nearly, item 6"]


@pytest.mark.parametrize("text", DOUBTS)
def test_words_that_take_the_answer_back_are_no_answer(client: TestClient, world: World, text: str) -> None:
    assert "could mean something else" in unchanged(client, world, text.format(CASES))


@pytest.mark.parametrize(
    "text", ["", "hello", "ack", "please ack plo-panel/1/cases", "not ack plo-panel/1/cases", "ack ../x"]
)
def test_what_is_not_understood_is_answered_with_how_to_write_it(client: TestClient, world: World, text: str) -> None:
    assert unchanged(client, world, text).startswith("Write one of these")


def test_somebody_elses_task_is_kindly_refused_as_one_that_does_not_exist(client: TestClient, world: World) -> None:
    theirs = unchanged(client, world, f"ack {CASES}", by="project-support")
    assert theirs == unchanged(client, world, "ack plo-panel/1/nothing", by="project-support")
    assert theirs == "No task that you can answer here is called so, and nothing was changed. “list” shows yours."


@pytest.mark.parametrize("word", ["ack", "done", "help", "decline"])
def test_a_line_manager_does_not_answer_for_the_officer(client: TestClient, world: World, word: str) -> None:
    unchanged(client, world, f"{word} {CASES}", by="director")


def test_whoever_it_was_passed_on_to_answers_and_the_one_before_no_more(client: TestClient, world: World) -> None:
    world.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to="project-support")
    unchanged(client, world, f"ack {CASES}")
    say(client, world, f"ack {CASES}", by="project-support")
    assert responses(world)[-1].person == "project-support"


def test_a_task_of_a_meeting_that_was_cancelled_takes_no_answer(client: TestClient, world: World) -> None:
    world.know("cancelled", "Tue 10 Sep 2019", of="plo-panel/1")
    assert unchanged(client, world, f"ack {CASES}") == "This task is finished, so nothing was changed."
    assert CASES not in say(client, world, "list")


def directors_task(world: World) -> str:
    """Give a task of the director's that is coming in November."""
    milestones = [
        milestone
        for milestone in world.store.plan.milestones()
        if milestone.owner == "director" and milestone.ours and milestone.due_on
    ]
    return next(
        milestone.ref for milestone in milestones if milestone.due_on and milestone.due_on.isoformat() >= "2019-11-18"
    )


def test_the_assistant_answers_for_the_director_and_both_names_are_kept(client: TestClient, world: World) -> None:
    ref = directors_task(world)
    said = say(client, world, f"ack {ref}", by="executive-assistant")
    assert said.startswith(f"{ref}: Recorded for the post holder: it is acknowledged.")
    (response,) = responses(world, ref)
    assert (response.person, response.answered_by) == ("director", "Executive Assistant")


def test_the_deputy_answers_while_the_director_is_away_and_not_before(client: TestClient, world: World) -> None:
    ref = directors_task(world)
    world.at("Fri 8 Nov 2019 17:00")
    unchanged(client, world, f"ack {ref}", by="head-of-safeguarding")
    world.at("Mon 11 Nov 2019 09:00")
    say(client, world, f"ack {ref}", by="head-of-safeguarding")
    (response,) = responses(world, ref)
    assert (response.person, response.answered_by) == ("director", "Head of Safeguarding")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("help {} Child DOB 3/4/2012", "a date of birth"),
        ("help {} NHS 943 476 5919", "an NHS number"),
        ("done {} case number 12345678, minutes 14", "a case number"),
    ],
)
def test_words_that_may_name_a_child_are_refused_with_the_hint_and_not_kept(
    client: TestClient, world: World, text: str, what: str
) -> None:
    said = unchanged(client, world, text.format(CASES))
    assert said == (f"Take out what looks like {what}. Do not name a child, a family or a case. Nothing was recorded.")


# list and why


def test_list_names_the_persons_own_coming_tasks_with_their_references(client: TestClient, world: World) -> None:
    said = say(client, world, "list")
    lines = said.split("\n\n")
    assert lines[0].startswith("plo-panel/1/cases – List of cases")
    assert lines[0].endswith("– Tuesday 3 September 2019")
    assert len(lines) == 12
    assert lines[10].startswith("… and ")
    for name in ("Lead", "Director", "Support"):
        assert name not in said


def test_list_does_not_say_what_is_late(client: TestClient, world: World) -> None:
    world.at("Thu 5 Sep 2019 09:00")
    line = say(client, world, "list").split("\n\n")[0]
    assert line.startswith("plo-panel/1/cases")
    assert "2019" not in line


def test_what_is_done_or_passed_on_is_not_listed(client: TestClient, world: World) -> None:
    say(client, world, f"done {CASES} https://council.example/list")
    world.answer("plo-panel/2/cases", Answer.DELEGATED, by="performance_lead", delegated_to="project-support")
    said = say(client, world, "list")
    assert CASES not in said
    assert "plo-panel/2/cases" not in said
    world.at("Wed 28 Aug 2019 10:00")
    assert "plo-panel/2/cases" in say(client, world, "list", by="project-support")


def test_why_explains_a_date_to_those_on_its_line(client: TestClient, world: World) -> None:
    for who in ("performance-lead", "director"):
        said = say(client, world, f"why {CASES}", by=who)
        assert said.startswith("List of cases to the chair (plo-panel/1/cases)\n\nCounted from")
        assert "Basis: Council practice" in said
        assert "Performance" not in said


@pytest.mark.parametrize("who", ["project-support", "executive-assistant"])
def test_why_tells_nobody_beside_the_line(client: TestClient, world: World, who: str) -> None:
    assert say(client, world, f"why {CASES}", by=who).startswith("This cannot be told here.")


def test_looking_records_no_answer_and_yet_comes_in_once(client: TestClient, world: World) -> None:
    given = activity(world, "list")
    assert post(client, given).startswith("plo-panel/1/cases")
    before = snapshot(world.store)
    assert post(client, given).startswith("We have had this very message before")
    assert snapshot(world.store) == before
    assert responses(world) == []
