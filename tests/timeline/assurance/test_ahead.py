"""Test the look ahead: whom the coming steps would reach, and what would help where they would not."""

from dataclasses import replace

import pytest

from tests.timeline.assurance.facts import DUTY, TASK, evidence
from tests.timeline.builders import answer, council, directory, ladder, person_of, rung, task
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.assurance import Unowned, UnownedKind, unassigned_steps
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Holder
from timeline.delivery.contact_methods import MAIL, ChannelInfo, ContactMethod, Needs, Reachability

WHEN = "Fri 8 Nov 2019 08:45"
REACH = Reachability({MAIL: ChannelInfo(MAIL), "sms": ChannelInfo("sms", Needs.PHONE)})


def ahead(timeline: CouncilTimeline, reach: Reachability = REACH, when: str = WHEN, **more: object) -> list[Unowned]:
    return list(unassigned_steps(evidence(timeline=timeline, when=when, **more), reach, at=at(when)))


def with_duty(**more: object) -> CouncilTimeline:
    return council(obligations=[DUTY], live_from="Mon 4 Nov 2019", **more)  # type: ignore[arg-type]


def test_everybody_in_post_with_an_address_is_owned() -> None:
    assert ahead(with_duty()) == []


def test_a_post_that_falls_vacant_in_time_is_told_with_the_day_and_who_stands_in() -> None:
    leaves = Holder(post="director", person="director", until_on=day("Fri 15 Nov 2019"))
    (unowned,) = ahead(with_duty(directory=directory(holders=[leaves])))
    assert (unowned.kind, unowned.post, unowned.duty) == (UnownedKind.VACANT, "director", "action-plan")
    assert unowned.first_on == day("Thu 28 Nov 2019")
    assert "Chief executive would be asked in its place" in unowned.why
    assert "Name a holder" in unowned.helps


def test_a_line_without_anybody_is_nobodys() -> None:
    unowneds = ahead(
        with_duty(
            directory=directory(vacant=("officer", "team_manager", "head_of_service", "director", "chief_executive"))
        )
    )
    assert {unowned.kind for unowned in unowneds} == {UnownedKind.NOBODY}


def test_an_address_that_is_dead_says_who_is_told_instead() -> None:
    dead = replace(REACH, dead=frozenset({ContactMethod("officer", MAIL)}))
    (unowned,) = ahead(with_duty(), dead)
    assert (unowned.kind, unowned.post) == (UnownedKind.UNREACHABLE, "officer")
    assert unowned.why == "What we sent by mail came back. It goes to Team manager, the line manager, instead."
    assert unowned.first_on == day("Thu 14 Nov 2019")
    both = replace(REACH, dead=frozenset({ContactMethod("officer", MAIL), ContactMethod("team-manager", MAIL)}))
    assert "Nobody else is reached in their place." in ahead(with_duty(), both)[0].why


def test_a_placeholder_address_is_named_before_the_first_mail_fails() -> None:
    nowhere = frozenset({ContactMethod("officer", MAIL)})
    (unowned,) = ahead(with_duty(), replace(REACH, dead=nowhere, nowhere=nowhere))
    assert (unowned.kind, unowned.post) == (UnownedKind.UNREACHABLE, "officer")
    assert unowned.why == (
        "The holder's address is a placeholder, which no mail reaches. It goes to Team manager, the line manager, "
        "instead."
    )


@pytest.mark.parametrize(("channel", "says"), [("sms", "does not know where to reach"), ("pager", "is not set up")])
def test_a_step_by_a_channel_that_cannot_reach_the_person(channel: str, says: str) -> None:
    only = replace(rung("first", "5 before", OWNER), channels=(channel,))
    timeline = with_duty()
    duty = replace(DUTY, milestones=(task("draft", "1 working day before due", of=ladder(only)),))
    (unowned,) = ahead(replace(timeline, obligations=(duty,)))
    assert unowned.kind is UnownedKind.CHANNEL
    assert says in unowned.why


def test_what_is_done_further_off_or_history_is_not_looked_at() -> None:
    leaves = Holder(post="director", person=person_of("director"), until_on=day("Fri 15 Nov 2019"))
    timeline = with_duty(directory=directory(holders=[leaves]))
    done = {TASK: (answer(Answer.DONE, "Thu 7 Nov 2019 10:00"),)}
    assert ahead(timeline, responses=done) == []
    assert ahead(timeline, when="Mon 23 Sep 2019 08:45") == []
    history = replace(timeline, council=replace(timeline.council, live_from=day("Mon 2 Dec 2019")))
    assert ahead(history) == []


def test_it_is_one_finding_for_as_long_as_it_stands() -> None:
    leaves = Holder(post="director", person="director", until_on=day("Fri 15 Nov 2019"))
    timeline = with_duty(directory=directory(holders=[leaves]))
    today, tomorrow = ahead(timeline), ahead(timeline, when="Mon 11 Nov 2019 08:45")
    assert [unowned.same for unowned in today] == [unowned.same for unowned in tomorrow]
