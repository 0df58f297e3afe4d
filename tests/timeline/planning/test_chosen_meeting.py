"""Test that steps count from the meeting that decides, once it is chosen, and that none lies before its cause."""

from dataclasses import replace

import pytest

from tests.config.medway import medway
from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.definitions.council import Committee, CouncilTimeline
from timeline.definitions.facts import Fact
from timeline.forecast.conflicts import Clash, conflicts
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan
from timeline.sign_off import summary
from timeline.sign_off.countdown_wording import line
from timeline.sign_off.countdown_wording import steps as words

# A report published in mid-May: the August recess leaves one meeting, in July.
RECEIVED = fact("report_received", "Thu 6 May 2027")
MEETING = fact("sign_off_meeting", "Tue 6 Jul 2027", known="Mon 7 Jun 2027 09:00", of="action-plan/1")
CABINET = Committee(key="cabinet", title="Cabinet", meetings=(day("Tue 6 Jul 2027"), day("Tue 7 Sep 2027")))
WHEN = "Tue 8 Jun 2027 09:00"


def council(*facts: Fact) -> CouncilTimeline:
    stated = replace(medway().council, committees=(CABINET,), pre_election_periods=())
    return replace(medway(), facts=facts, council=stated)


def submission(*facts: Fact, when: str = WHEN) -> Occurrence:
    (planned,) = plan(council(*facts), at=at(when), until=day("Fri 31 Dec 2027"), obligations=["action-plan"])
    return planned


def steps(*facts: Fact) -> dict[str, str]:
    return {task.key: f"{task.due_on:%a %-d %b}" for task in submission(*facts).milestones if task.due_on}


def steps_by(when: str, *facts: Fact) -> dict[str, str]:
    given = submission(RECEIVED, *facts, when=when).milestones
    return {task.key: f"{task.due_on:%a %-d %b}" for task in given if task.due_on}


def test_once_a_meeting_is_chosen_the_steps_count_from_it() -> None:
    before, after = steps(RECEIVED), steps(RECEIVED, MEETING)
    assert (before["clearance"], before["sign-off"], before["briefed"]) == ("Fri 23 Jul", "Fri 30 Jul", "Tue 3 Aug")
    assert (after["clearance"], after["sign-off"], after["briefed"]) == ("Tue 22 Jun", "Thu 24 Jun", "Wed 30 Jun")
    assert after["decision"] == "Tue 13 Jul"
    # The submission itself keeps its own dates.
    assert (after["target"], after["submitted"]) == (before["target"], before["submitted"])


def test_no_step_was_due_before_the_meeting_was_chosen_from_which_it_counts() -> None:
    late = replace(MEETING, known_at=at("Thu 24 Jun 2027 09:00"))
    # The steps that would lie before are due on the first working day after the choice; nobody was late until then.
    assert [steps_by("Fri 25 Jun 2027 09:00", late)[key] for key in ("draft", "clearance", "sign-off", "briefed")] == [
        "Fri 25 Jun",
        "Fri 25 Jun",
        "Fri 25 Jun",
        "Wed 30 Jun",
    ]
    # A choice that is made anew gives nobody more time.
    again = replace(MEETING, known_at=at("Wed 30 Jun 2027 09:00"))
    assert steps_by("Thu 1 Jul 2027 09:00", late, again)["clearance"] == "Fri 25 Jun"
    (clearance,) = (
        task for task in submission(RECEIVED, late, when="Fri 25 Jun 2027 09:00").milestones if task.key == "clearance"
    )
    assert (
        "Tuesday 22 June 2027 would be before anybody could begin; Friday 25 June 2027 is the first working day after "
        "the day on which the meeting was chosen." in clearance.why
    )


def test_an_earlier_meeting_is_chosen_on_the_day_on_which_it_is_named() -> None:
    # Chosen on 7 June for 6 July, and on 16 June for 29 June: nobody could have been ready ten working days before.
    anew = replace(MEETING, on=day("Tue 29 Jun 2027"), known_at=at("Wed 16 Jun 2027 09:00"))
    for chosen in (MEETING, anew), (replace(MEETING, occurrence=None), replace(anew, occurrence=None)):
        due = steps_by("Wed 16 Jun 2027 10:00", *chosen)
        assert (due["clearance"], due["sign-off"], due["briefed"]) == ("Thu 17 Jun", "Thu 17 Jun", "Wed 23 Jun")


def test_what_was_chosen_for_the_council_and_then_for_the_submission_gives_nobody_more_time() -> None:
    shared = replace(MEETING, occurrence=None)
    own = replace(MEETING, known_at=at("Wed 23 Jun 2027 09:00"))
    when = "Wed 23 Jun 2027 10:00"
    assert steps_by(when, shared, own) == steps_by(when, shared) == steps_by(when, MEETING)


def test_the_countdown_keeps_to_the_chosen_meeting() -> None:
    earlier = replace(CABINET, meetings=(day("Tue 29 Jun 2027"), *CABINET.meetings))
    of = council(RECEIVED, replace(MEETING, on=day("Tue 29 Jun 2027")))
    of = replace(of, council=replace(of.council, committees=(earlier,)))
    counted = summary.of(of, "action-plan", submission(RECEIVED).working_on, on=day("Tue 8 Jun 2027"))
    assert counted is not None
    assert (counted.meeting_on, counted.chosen) == (day("Tue 29 Jun 2027"), True)
    assert "Cabinet on Tue 29 Jun decides, for" in line(counted)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (None, "comes after Cabinet on Tuesday 6 July 2027, the last meeting for"),
        ("Tue 6 Jul 2027", ""),
        ("Thu 8 Jul 2027", "no recorded meeting of Cabinet"),
        (
            "Tue 7 Sep 2027",
            "The call-in of Cabinet on Tuesday 7 September 2027 ends on Tuesday 14 September 2027, after",
        ),
    ],
)
def test_check_compares_the_steps_with_the_meeting(chosen: str | None, told: str) -> None:
    facts = (RECEIVED, *([replace(MEETING, on=day(chosen))] if chosen else []))
    found = conflicts(council(*facts), [submission(*facts)], on=day("Tue 8 Jun 2027"))
    texts = [each.text for each in found if each.clash is Clash.SIGN_OFF]
    assert told in " ".join(texts) if told else not texts


def test_a_meeting_of_no_calendar_is_compared_too() -> None:
    late = replace(MEETING, on=day("Wed 11 Aug 2027"))
    of = council(RECEIVED, late)
    for committees in ((), (replace(CABINET, meetings=()),)):
        stated = replace(of, council=replace(of.council, committees=committees))
        found = conflicts(stated, [submission(RECEIVED, late)], on=day("Tue 8 Jun 2027"))
        assert [each.text for each in found if each.clash is Clash.SIGN_OFF] == [
            "The call-in of Cabinet on Wednesday 11 August 2027 ends on Wednesday 18 August 2027, after “Action plan "
            "to Ofsted and the Secretary of State” is due on Friday 13 August 2027."
        ]


def test_no_step_lies_before_its_cause() -> None:
    early = fact("action_plan_stated_due", "Fri 18 Jun 2027", known="Fri 7 May 2027 09:00")
    dated = {task.key: task.due_on for task in submission(RECEIVED, early).milestones if task.due_on}
    assert min(dated.values()) > RECEIVED.on
    assert dated["draft"] == day("Fri 7 May 2027")
    draft = next(task for task in submission(RECEIVED, early).milestones if task.key == "draft")
    assert "Friday 7 May 2027 is the first working day after report received." in " ".join(draft.why)


def test_nobody_hears_partners_on_a_report_before_it_is_published() -> None:
    """Test Sunderland's case of 2015: a stated day so early that the steps lay before the report was public."""
    early = fact("action_plan_stated_due", "Fri 18 Jun 2027", known="Fri 7 May 2027 09:00")
    published = fact("report_published", "Mon 17 May 2027")
    dated = {task.key: task.due_on for task in submission(RECEIVED, published, early).milestones if task.due_on}
    assert (dated["draft"], dated["heard"]) == (day("Tue 18 May 2027"), day("Tue 18 May 2027"))
    assert dated["board"] == day("Thu 20 May 2027")


def test_a_council_without_a_cabinet_is_compared_with_its_committees() -> None:
    first = Committee(key="children", title="Children's Committee", meetings=(), executive=False)
    decides = Committee(key="council", title="Full Council", meetings=CABINET.meetings, executive=False)
    stated = council(RECEIVED)
    duties = tuple(replace(duty, sign_off="council") if duty.sign_off else duty for duty in stated.obligations)
    steps_ = replace(stated.council.sign_off, by=("children", "council"))
    of = replace(
        stated, obligations=duties, council=replace(stated.council, committees=(first, decides), sign_off=steps_)
    )
    counted = summary.of(of, "action-plan", submission(RECEIVED).working_on, on=day("Tue 8 Jun 2027"))
    assert counted is not None
    assert "notice" not in {step.key for step in counted.steps}
    assert counted.routes is None
    said = " ".join(words(counted))
    assert not [word for word in ("cabinet", "executive", "key decision", "2012/2089") if word in said.casefold()]
    assert "under the Local Government Act 1972: its agenda and reports are open five clear days before it" in said
    found = conflicts(of, [submission(RECEIVED)], on=day("Tue 8 Jun 2027"))
    told = " ".join(each.text for each in found if each.clash is Clash.SIGN_OFF)
    assert "Children's Committee has to agree first, and no meeting of it is recorded" in told


@pytest.mark.parametrize(
    ("due", "progress"),
    [("Fri 18 Jun 2027", "Fri 11 Jun 2027"), ("Fri 11 Jun 2027", "Wed 9 Jun 2027")],  # … the day after it came
)
def test_no_step_towards_an_instruction_is_due_before_it_came(due: str, progress: str) -> None:
    ref, came = "commissioner-instruction/1", "Tue 8 Jun 2027 08:00"
    given = (
        fact("instruction_received", "Tue 8 Jun 2027", known=came, of=ref),
        fact("instruction_due", due, known=came, of=ref),
    )
    (planned,) = plan(council(RECEIVED, *given), at=at(WHEN), until=day(due), obligations=["commissioner-instruction"])
    due_on = {task.key: task.due_on for task in planned.milestones}
    assert due_on == {"logged": day("Wed 9 Jun 2027"), "progress": day(progress), "complied": day(due)}
