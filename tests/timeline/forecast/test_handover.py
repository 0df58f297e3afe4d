"""Test whose open tasks would be asked of somebody else, from which day on, and why."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, POSTS, answer, council, directory, milestone
from tests.timeline.literals import at, day
from tests.timeline.lives import Life, sent
from tests.timeline.occurrences import occurrence
from timeline.answers.responses import Answer, Response, State
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Holder
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.task_context import task_context
from timeline.forecast.handover import Handover, Tasks, handovers
from timeline.planning.occurrences import Milestone

NOW = at("Fri 15 Nov 2019 09:00")
REF = "action-plan/1/draft"
NEW = council(directory=directory(holders=(Holder(post="officer", person="newcomer"),)))
LATER = council(
    directory=directory(
        holders=(
            Holder(post="officer", person="officer", until_on=day("Sun 24 Nov 2019")),
            Holder(post="officer", person="newcomer", from_on=day("Mon 25 Nov 2019")),
        )
    )
)


def tasks(timeline: CouncilTimeline, *given: Milestone) -> Tasks:
    task = given or (milestone(),)
    of = replace(occurrence(), legal_on=task[0].due_on, working_on=task[0].due_on, milestones=task)
    return Tasks(timeline, (of,))


def asked() -> tuple[LedgerEntry, ...]:
    (prompt,) = Life(COUNCIL, milestone()).morning(at("Thu 14 Nov 2019 07:30")).prompts  # type: ignore[union-attr]
    return (sent(prompt),)


def handed_over(
    after: CouncilTimeline, *responses: Response, said: Sequence[LedgerEntry] = (), before: CouncilTimeline = COUNCIL
) -> list[Handover]:
    return list(handovers(tasks(before), tasks(after), {REF: said}, {REF: responses}, at=NOW))


def test_what_somebody_was_asked_for_is_told_by_itself() -> None:
    assert handed_over(NEW, said=asked()) == [
        Handover(
            ref=REF,
            from_="Officer (Officer)",
            to="Newcomer (Officer)",
            why="Officer holds no post from Friday 15 November 2019 on.",
        )
    ]


def test_what_nobody_was_asked_for_is_one_line_for_its_post() -> None:
    (line,) = handed_over(NEW)
    assert line.ref == "officer"
    assert line.why.endswith(
        "1 task that nobody was asked for yet (it is action-plan/1/draft, due Thursday 28 November 2019)."
    )


def test_a_holder_who_changes_later_is_told_with_the_day() -> None:
    (line,) = handed_over(LATER, said=asked())
    assert line.why == "Officer holds no post from Monday 25 November 2019 on."


def test_cover_is_told_as_cover_and_who_stays_in_post_is_not_said_to_have_left() -> None:
    usual = Holder(post="officer", person="officer")
    for acting, words in (True, "acts as"), (False, "holds"):
        new = Holder(post="officer", person="newcomer", from_on=day("Fri 15 Nov 2019"), acting=acting)
        (line,) = handed_over(council(directory=directory(holders=(new, usual))), said=asked())
        assert line.why == f"Newcomer {words} Officer from Friday 15 November 2019 on."


def test_what_is_due_before_the_change_stays_where_it_is() -> None:
    due = milestone(due="Fri 22 Nov 2019")
    assert list(handovers(tasks(COUNCIL, due), tasks(LATER, due), {}, {}, at=NOW)) == []


def test_what_the_one_who_goes_had_acknowledged_falls() -> None:
    (line,) = handed_over(NEW, answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:00"), said=asked())
    assert line.why.endswith("That it was acknowledged falls.")
    (line,) = handed_over(
        NEW, answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:00", person="team-manager"), said=asked()
    )
    assert "falls" not in line.why


@pytest.mark.parametrize("since", ["", "Thu 14 Nov 2019", "Fri 15 Nov 2019"])
def test_the_preview_and_the_ladder_agree_on_what_falls_where_the_former_holder_is_still_listed(since: str) -> None:
    new = Holder(post="officer", person="newcomer", from_on=day(since) if since else None)
    after = council(directory=directory(holders=(new, Holder(post="officer", person="officer"))))
    given = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:00")
    (line,) = handed_over(after, given, said=asked())
    task = task_context(after, milestone(), asked(), [given], at=NOW)
    assert (line.why.endswith("falls."), task.status.state) == (True, State.OPEN)


def test_what_is_done_is_handed_to_nobody() -> None:
    assert handed_over(NEW, answer(Answer.DONE, "Thu 14 Nov 2019 10:00")) == []


def test_what_was_given_to_somebody_who_leaves_goes_back() -> None:
    given = answer(Answer.DELEGATED, "Thu 14 Nov 2019 10:00", delegated_to="programme-lead")
    gone = council(directory=directory(vacant=["programme_lead"]))
    with_them = replace(gone.directory, people={**gone.directory.people, **COUNCIL.directory.people})
    (line,) = handed_over(replace(gone, directory=with_them), given)
    assert (line.from_, line.to) == ("Programme lead (Programme lead)", "Officer (Officer)")
    # Who holds the post may change: whoever was given it keeps it.
    assert handed_over(NEW, given) == []


def test_a_post_that_nobody_holds_is_asked_of_the_line_manager() -> None:
    vacant = council(directory=directory(vacant=["officer"]))
    with_them = replace(vacant.directory, people={**COUNCIL.directory.people})
    (line,) = handed_over(replace(vacant, directory=with_them), said=asked())
    assert (line.to, line.why) == (
        "Team manager (Team manager)",
        "Officer holds no post from Friday 15 November 2019 on.",
    )


def test_nobody_is_asked_where_nobody_is_there() -> None:
    nobody = council(directory=replace(directory(vacant=list(POSTS)), people=COUNCIL.directory.people))
    (line,) = handed_over(nobody, said=asked())
    assert line.to == ""


def test_the_same_people_are_no_handover() -> None:
    assert handed_over(COUNCIL, said=asked()) == []
