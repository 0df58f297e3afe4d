"""Test what a channel of Teams is told of tasks: nothing under embargo, nobody's name, and never who is late."""

from dataclasses import replace
from typing import Any

import pytest

from tests.timeline.builders import answer, council, milestone
from tests.timeline.literals import at
from timeline.answers.responses import Answer, Response
from timeline.definitions.facts import Embargo
from timeline.definitions.people import AnswersAs
from timeline.escalation.task_context import TaskContext, task_context
from timeline.letters.teams_reply import asks, escaped, explained, listed

NOW = "Thu 14 Nov 2019 09:00"
IN_FORCE = Embargo(circulation=frozenset({"officer", "team_manager"}), until=at("Fri 15 Nov 2019 00:00"))
OVER = replace(IN_FORCE, until=at(NOW))
UNTIL_KNOWN = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")
OPEN_END = "Others may read this, so what is in confidence is left out: it stands in your mails."


def task(*answers: Response, when: str = NOW, **given: Any) -> TaskContext:
    return task_context(council(), milestone(**given), (), answers, at=at(when))


CONFIDENCE = [((), True), ((OVER,), True), ((IN_FORCE,), False), ((OVER, IN_FORCE), False), ((UNTIL_KNOWN,), False)]


@pytest.mark.parametrize(("embargoes", "told"), CONFIDENCE)
def test_nothing_under_embargo_is_told_not_even_to_its_circulation(embargoes: tuple[Embargo, ...], told: bool) -> None:
    given = task(embargoes=embargoes)
    assert (explained(given, "officer") is not None) == told
    assert ("First draft" in listed([given], "officer")) == told


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("officer", True),
        ("team-manager", True),
        ("director", True),
        ("chief-executive", True),
        ("programme-lead", False),
        ("lead-member", False),
        ("commissioner", False),
        ("nobody", False),
    ],
)
def test_why_is_for_those_on_the_owners_line(person: str, told: bool) -> None:
    assert (explained(task(), person) is not None) == told


def test_why_tells_the_reasons_and_the_basis() -> None:
    assert explained(task(), "officer") == (
        "First draft of the action plan (action-plan/1/draft)\n\n"
        "Counted from Wednesday 21 August 2019 (paragraph 6.1).\n\n40 working days before it.\n\n"
        "Basis: Council practice (inferred: the council's own practice, not law)."
    )


DATES = [("Wed 13 Nov 2019", False), ("Thu 14 Nov 2019", True), ("Fri 15 Nov 2019", True)]


@pytest.mark.parametrize(("due", "dated"), DATES)
def test_a_date_that_has_passed_is_not_told(due: str, dated: bool) -> None:
    line, last = listed([task(due=due)], "officer").split("\n\n")
    assert line.startswith("action-plan/1/draft – First draft of the action plan")
    assert ("2019" in line) == dated
    assert last == OPEN_END


def test_the_next_due_come_first_and_ten_at_most() -> None:
    days = ["Mon 2 Dec 2019", "Fri 29 Nov 2019", *["Tue 3 Dec 2019"] * 10]
    lines = listed([task(due=day) for day in days], "officer").split("\n\n")
    assert "Friday 29 November 2019" in lines[0]
    assert "Monday 2 December 2019" in lines[1]
    assert len(lines) == 12
    assert lines[10] == "… and 2 more."


@pytest.mark.parametrize(
    "context",
    [
        task(owner="director"),
        task(answer(Answer.DONE, "Wed 13 Nov 2019 09:00")),
        task(answer(Answer.DECLINED, "Wed 13 Nov 2019 09:00")),
        task(answer(Answer.DELEGATED, "Wed 13 Nov 2019 09:00", delegated_to="programme-lead")),
        task(waits_for=("report_published",)),
        task(ours=False),
    ],
)
def test_only_what_asks_this_person_and_has_a_date_is_listed(context: TaskContext) -> None:
    assert listed([context], "officer") == f"Nothing is open for you here.\n\n{OPEN_END}"


def test_an_acknowledged_task_is_still_open() -> None:
    assert "First draft" in listed([task(answer(Answer.ACKNOWLEDGED, "Wed 13 Nov 2019 09:00"))], "officer")


def test_whoever_is_asked_answers_and_after_no_the_line_manager_too() -> None:
    declined = task(answer(Answer.DECLINED, "Wed 13 Nov 2019 09:00"))
    for each, person, may in (
        (task(), "officer", True),
        (task(), "team-manager", False),
        (task(), "programme-lead", False),
        (declined, "officer", True),
        (declined, "team-manager", True),
        (declined, "director", False),
    ):
        asked = asks(each, person)
        assert (asked is not None) == may
        assert asked is None or asked.stand is AnswersAs.SELF


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a *b* [c](d) <e>", r"a \*b\* \[c\](d) \<e\>"),
        ("plo-panel/1/cases", "plo-panel/1/cases"),
        ("a\n# b", r"a \# b"),
    ],
)
def test_values_are_no_markdown(text: str, said: str) -> None:
    assert escaped(text) == said
