"""Test that what is stopped or paused is said first: what, since when, by whom, until when, and how to end it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.timeline.builders import council, directory, milestone
from tests.timeline.literals import at, day
from tests.timeline.occurrences import occurrence
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.duties import DutyClass, Obligation, OccurrenceKind
from timeline.definitions.facts import Embargo
from timeline.definitions.standing import LAW
from timeline.escalation.quiet import PauseInForce, Quiet, Stopped, brief, under_names
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.pause_dates import beyond, legal_dates, nobody_left, risk

DUTY = Obligation(
    key="action-plan",
    title="Action plan",
    duty_class=DutyClass.A,
    kind=OccurrenceKind.SUBMISSION,
    rule="by 2019-11-28",
    basis="SI 2018/794",
    standing=LAW,
    owner="officer",
    milestones=(),
)
TIMELINE: CouncilTimeline = council(obligations=[DUTY], live_from="Tue 27 Aug 2019")
PAUSE = Pause(obligation="action-plan", from_on=day("Mon 18 Nov 2019"), until_on=day("Mon 2 Dec 2019"))
MADE = PauseInForce(PAUSE, at("Mon 18 Nov 2019 10:15"), "Programme lead", True)
STOP = Stopped(at("Mon 18 Nov 2019 09:12"), "Head of ICT", "the mail server moves")
SECRET = Embargo(circulation=frozenset({"director"}), until=at("Tue 31 Dec 2019 00:00"))


def plan_(legal_on: str = "Thu 28 Nov 2019", **changes: Any) -> Occurrence:
    given = {"title": "Action plan to Ofsted", "milestones": (replace(milestone(), completes=True),)}
    return occurrence(legal_on, **given | changes)


def seen(*pauses: PauseInForce, on: str = "Tue 19 Nov 2019", **given: Any) -> Quiet:
    parts: dict[str, Any] = {"timeline": TIMELINE, "occurrences": (plan_(),)} | given
    return Quiet(at=at(f"{on} 08:00"), on=day(on), pauses=pauses, **parts)


def test_a_stop_and_a_pause_are_told_with_all_that_can_be_asked() -> None:
    assert seen(MADE, stopped=STOP).sentences == (
        "Sending is stopped since Monday 18 November 2019 at 09:12 by Head of ICT (the mail server moves), until "
        "somebody resumes it: daymark stop-sending --resume, or the form stop-sending in Prefect.",
        "Action plan is paused since Monday 18 November 2019 at 10:15 by Programme lead, until Monday 2 December 2019: "
        "nobody is asked about it. In that time falls its date: Thursday 28 November 2019 (action-plan/1). To end it: "
        "daymark resume action-plan, or the form pause in Prefect with its box “End the pause”.",
    )


@pytest.mark.parametrize(
    ("on", "told"), [("Sun 17 Nov 2019", 0), ("Mon 18 Nov 2019", 1), ("Mon 2 Dec 2019", 1), ("Tue 3 Dec 2019", 0)]
)
def test_it_is_told_from_its_first_day_to_its_last(on: str, told: int) -> None:
    assert len(seen(MADE, on=on).sentences) == told


def test_a_pause_in_the_file_is_ended_there() -> None:
    (sentence,) = seen(MADE._replace(by_command=False, who=""), occurrences=()).sentences
    assert sentence == (
        "Action plan is paused by the timeline's file since Monday 18 November 2019, until Monday 2 December 2019: "
        "nobody is asked about it. To end it, take it out of the file and apply that."
    )


def test_a_person_is_told_by_post() -> None:
    alone = replace(PAUSE, obligation="", person="officer")
    (sentence,) = seen(MADE._replace(pause=alone)).sentences
    assert sentence == (
        "The Officer is left alone since Monday 18 November 2019 at 10:15 by Programme lead, until Monday 2 December "
        "2019: the deputy or the line manager is asked instead. To end it: daymark resume officer, or the form pause "
        "in Prefect with its box “End the pause”."
    )
    assert seen(MADE._replace(pause=alone)).to_be_forwarded == ()


def test_a_duty_under_embargo_is_named_to_nobody_but_at_the_command_line() -> None:
    hidden = seen(MADE, occurrences=(plan_(embargoes=(SECRET,)),))
    assert "Action plan" in hidden.sentences[0]
    assert hidden.without_embargoed[0].startswith("A duty under embargo is paused")
    assert "action-plan" not in hidden.without_embargoed[0]
    assert hidden.to_be_forwarded == ()


def test_prefect_and_the_public_are_told_no_typed_name() -> None:
    told = " ".join(seen(MADE, stopped=STOP).without_names)
    assert [name for name in ("Programme lead", "Head of ICT", "server moves") if name in told] == []
    assert brief(STOP) == ("Mails do not leave at present: they are stopped since Monday 18 November 2019 at 09:12.",)
    assert brief(None) == ()


def test_the_monday_mail_names_the_duty_and_the_date_that_falls_into_it() -> None:
    assert seen(MADE).to_be_forwarded == (
        "Action plan is paused until Monday 2 December 2019, over its date Thursday 28 November 2019",
    )


# Before it is made


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["Thu 28 Nov 2019"]),
        ({"legal_on": "Sun 17 Nov 2019"}, ["Sun 17 Nov 2019"]),  # overdue, and it would be silenced
        ({"legal_on": "Mon 26 Aug 2019"}, []),  # history
        ({"legal_on": "Mon 18 Nov 2019"}, ["Mon 18 Nov 2019"]),
        ({"legal_on": "Mon 2 Dec 2019"}, ["Mon 2 Dec 2019"]),
        ({"legal_on": "Tue 3 Dec 2019"}, []),
        ({"duty_class": DutyClass.B}, ["Thu 28 Nov 2019"]),
        ({"duty_class": DutyClass.C}, []),
        ({"state": OccurrenceState.TOOK_PLACE}, []),
        ({"ours": False}, []),
        ({"legal_on": "", "closes_on": day("Fri 29 Nov 2019")}, ["Fri 29 Nov 2019"]),
        (
            {"legal_on": "", "closes_on": day("Fri 31 Jan 2020"), "starts_on": day("Tue 26 Nov 2019")},
            ["Tue 26 Nov 2019"],
        ),
    ],
)
def test_the_dates_of_class_a_and_b_that_fall_into_a_pause(changes: dict[str, Any], expected: list[str]) -> None:
    dates = legal_dates(TIMELINE, [plan_(**changes)], PAUSE)
    assert [legal_date.on for legal_date in dates] == [day(text) for text in expected]


def test_what_is_done_is_no_risk_and_what_is_not_is_one_sentence() -> None:
    assert legal_dates(TIMELINE, [plan_()], PAUSE, done={milestone().ref}) == ()
    (due,), (late,) = (legal_dates(TIMELINE, [plan_(on)], PAUSE) for on in ("Thu 28 Nov 2019", "Fri 15 Nov 2019"))
    end = "That date stands, and nobody would be asked about it."
    begin = "action-plan/1 (class A), “Action plan to Ofsted”,"
    assert risk(due, PAUSE) == f"{begin} has its date in the pause: Thursday 28 November 2019. {end}"
    assert risk(late, PAUSE) == f"{begin} is open since its date, Friday 15 November 2019. {end}"


def test_a_pause_longer_than_dates_are_planned_is_told_for_class_a_and_b() -> None:
    (sentence,) = beyond(TIMELINE, PAUSE, planned_until=day("Sun 1 Dec 2019"))
    assert sentence.startswith("The pause is longer than dates are planned, which is until Sunday 1 December 2019")
    assert list(beyond(TIMELINE, PAUSE, planned_until=PAUSE.until_on)) == []
    lower = replace(TIMELINE, obligations=(replace(DUTY, duty_class=DutyClass.C),))
    assert list(beyond(lower, PAUSE, planned_until=day("Sun 1 Dec 2019"))) == []


def test_a_paused_person_is_a_risk_where_nobody_else_on_the_line_is_there() -> None:
    alone = replace(PAUSE, obligation="", person="officer")
    assert list(nobody_left(TIMELINE, [plan_()], alone)) == []
    posts = ["team_manager", "head_of_service", "director", "chief_executive"]
    empty = replace(TIMELINE, directory=directory(vacant=posts))
    assert list(nobody_left(empty, [plan_()], alone)) == [plan_()]


def test_of_several_councils_each_sentence_stands_under_a_name_once() -> None:
    of_each = [("Arden Council", ("Sending is stopped.",)), ("Brook Council", ("Brook Council ended.", "A pause."))]
    assert list(under_names(of_each)) == [
        "Arden Council: Sending is stopped.",
        "Brook Council ended.",
        "Brook Council: A pause.",
    ]
    assert list(under_names(of_each[:1])) == ["Sending is stopped."]


def test_what_holds_for_every_council_is_said_once() -> None:
    of_each = [("Arden Council", ("Sending is stopped.", "A pause.")), ("Brook Council", ("Sending is stopped.",))]
    assert list(under_names(of_each)) == ["Every council: Sending is stopped.", "Arden Council: A pause."]
    assert list(under_names([])) == []
