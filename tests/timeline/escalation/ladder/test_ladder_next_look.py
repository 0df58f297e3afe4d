"""Test when the ladder is looked at again, and a ladder that was changed under way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.timeline.builders import COUNCIL, USUAL, answer, council, directory, ladder, milestone, rung
from tests.timeline.escalation.ladder.asked import OWED, lived, on_the_day, told
from tests.timeline.literals import at, day
from tests.timeline.lives import Life, sent
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, Unless
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.escalation.next_check import next_check_at, next_reminder_at
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

# When to look again


@pytest.mark.parametrize(
    ("when", "look_at"),
    [
        ("Wed 13 Nov 2019 07:30", "Thu 14 Nov 2019 08:30"),
        # The morning after a prompt, to see whether it was accepted and "no answer" has a day.
        ("Thu 14 Nov 2019 07:30", "Fri 15 Nov 2019 00:00"),
        ("Fri 15 Nov 2019 07:30", "Tue 19 Nov 2019 08:30"),
        ("Fri 6 Dec 2019 07:30", None),
    ],
)
def test_the_next_look_is_at_the_next_rung(when: str, look_at: str | None) -> None:
    life = Life(COUNCIL, OWED)
    on = date(2019, 11, 4)
    life.through(on, day(when.rsplit(" ", 1)[0]))
    assert life.look_at == (at(look_at) if look_at else None)


def look_after(
    when: str, timeline: CouncilTimeline = COUNCIL, of: Milestone = OWED, responses: tuple[Response, ...] = ()
) -> object:
    entries = tuple(sent(prompt) for prompt in on_the_day("Thu 14 Nov 2019 07:30", of, timeline).prompts)
    return next_check_at(
        task_context(timeline, of, entries, responses, at=at(when)), until=at(f"{when.rsplit(' ', 1)[0]} 23:59")
    )


def test_the_next_look_is_earlier_when_something_else_changes_before() -> None:
    short = milestone(replace(USUAL, acknowledged_for=1))
    acknowledged = answer(Answer.ACKNOWLEDGED, "Fri 15 Nov 2019 09:00")
    assert look_after("Fri 15 Nov 2019 10:00", of=short, responses=(acknowledged,)) == at("Mon 18 Nov 2019 00:00")
    comes = Holder(post="director", person="ben", from_on=day("Sun 17 Nov 2019"))
    changing = council(directory=directory(holders=[comes]))
    assert look_after("Fri 15 Nov 2019 07:30", changing) == at("Sun 17 Nov 2019 00:00")
    embargo = Embargo(circulation=frozenset({"officer"}), until=at("Mon 18 Nov 2019 12:00"))
    assert look_after("Fri 15 Nov 2019 07:30", of=milestone(embargoes=[embargo])) == at("Mon 18 Nov 2019 12:00")
    assert look_after("Fri 15 Nov 2019 07:30", council(shadow_until="Sat 16 Nov 2019")) == at("Sun 17 Nov 2019 00:00")


# When the owner is asked again, as the receipt of an answer says it


@pytest.mark.parametrize(
    ("answered", "again"),
    [
        # It runs out on the day of the reminder.
        ("Thu 14 Nov 2019 10:05", "Thu 21 Nov 2019 08:30"),
        # It holds the reminder of Thu 21 Nov back until it has run out.
        ("Fri 15 Nov 2019 10:05", "Fri 22 Nov 2019 00:00"),
        # By then the next rung presses.
        ("Fri 22 Nov 2019 10:05", "Tue 26 Nov 2019 08:30"),
    ],
)
def test_after_an_acknowledgement_it_is_known_when_the_owner_is_asked_again(answered: str, again: str) -> None:
    acknowledged = answer(Answer.ACKNOWLEDGED, answered)
    life = lived(last=answered.rsplit(" ", 1)[0])
    task = task_context(COUNCIL, OWED, life.said, [acknowledged], at=acknowledged.at)
    assert next_reminder_at(task) == at(again)


def test_after_the_last_rung_the_owner_is_not_asked_again() -> None:
    life = lived()
    assert next_reminder_at(task_context(COUNCIL, OWED, life.said, at=at("Fri 20 Dec 2019 09:00"))) is None


def test_a_rung_unless_acknowledged_that_would_fall_after_the_due_date_is_not_promised() -> None:
    asking = milestone(
        ladder(rung("first", "2 before", OWNER, unless=Unless.ACKNOWLEDGED), rung("over", "5 after", OWNER))
    )
    acknowledged = answer(Answer.ACKNOWLEDGED, "Mon 25 Nov 2019 09:00")
    task = task_context(COUNCIL, asking, (), [acknowledged], at=acknowledged.at)
    assert next_reminder_at(task) == at("Thu 5 Dec 2019 08:30")


RENAMED = ladder(*(replace(rung, key=f"{rung.key}-anew") for rung in USUAL.rungs))


@pytest.mark.parametrize("changed_on", ["Thu 14 Nov 2019", "Wed 27 Nov 2019", "Thu 28 Nov 2019", "Wed 4 Dec 2019"])
def test_a_ladder_changed_under_way_says_nothing_again_under_the_new_names_of_its_rungs(changed_on: str) -> None:
    usual, changed = lived(), lived(last=changed_on)
    changed.milestone = replace(changed.milestone, ladder=RENAMED)
    changed.through(day(changed_on) + timedelta(days=1), day("Tue 31 Dec 2019"))
    assert [line.replace("-anew", "") for line in told(changed)] == told(usual)


def test_of_new_rungs_whose_time_has_passed_each_person_hears_the_latest_only() -> None:
    life = lived(last="Thu 21 Nov 2019")
    early = [rung(f"early-{n}", f"{n} before", OWNER, LINE_MANAGER, "director") for n in (9, 8, 7, 4)]
    life.milestone = replace(life.milestone, ladder=ladder(*early, *USUAL.rungs))
    life.through(day("Fri 22 Nov 2019"), day("Mon 25 Nov 2019"))
    assert told(life)[3:] == [
        "Fri 22 Nov early-4 0 > director",
        "Fri 22 Nov early-4 0 > officer",
        "Fri 22 Nov early-4 0 > team-manager",
    ]
    assert {prompt.superseded_by for prompt in life.superseded} == {"early-4"}
