"""Test the dates in the director's Monday mail: of law, moved, met, and under embargo."""

from dataclasses import replace

import pytest

from tests.timeline.builders import answer, council, duty, milestone
from tests.timeline.director.told import SINCE, WHEN, a_task, occurrence, told
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.definitions.council import Committee
from timeline.definitions.facts import Embargo
from timeline.definitions.standing import LAW, PRACTICE, Standing
from timeline.director.monday_summary import MondaySituation, Shift, Summary, summary
from timeline.letters.monday import lines
from timeline.planning.occurrences import OccurrenceState
from timeline.rules import Reading

SECRET = Embargo(circulation=frozenset({"director", "officer"}), until_fact="report_published")


# Legal dates, and a sign-off without a meeting


def of_law(
    on: str, *, standing: Standing = LAW, done: bool = False, secret: bool = False, readings: tuple[Reading, ...] = ()
) -> Summary:
    """Give what is told of a submission of that date by law."""
    timeline = council(obligations=[duty("by 2019-11-28", standing=standing)])
    submission = replace(occurrence("action-plan/1"), obligation="action-plan", number=1, title="Action plan to Ofsted")
    submission = replace(submission, legal_on=day(on), embargoes=(SECRET,) if secret else ())
    stated = "stated by Ofsted or the council" if readings else ""
    submission = replace(submission, readings=readings, stated=stated)
    answers = (answer(Answer.DONE, "Fri 15 Nov 2019 08:00"),) if done else ()
    task = a_task(replace(milestone(), completes=True), *answers)
    given = MondaySituation(
        timeline=timeline, since_at=at(SINCE), tasks=[task], occurrences={submission.ref: submission}
    )
    return summary(given, reader="director", at=at(WHEN))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("Sun 17 Nov 2019", ()),
        ("Mon 18 Nov 2019", ("Action plan to Ofsted, Mon 18 Nov",)),
        ("Mon 16 Dec 2019", ("Action plan to Ofsted, Mon 16 Dec",)),
        ("Tue 17 Dec 2019", ()),
    ],
)
def test_dates_of_law_of_the_next_four_weeks_are_named(on: str, expected: tuple[str, ...]) -> None:
    assert of_law(on).law == expected


def test_no_date_of_law_is_one_that_is_met_in_confidence_or_the_councils_own() -> None:
    assert of_law("Thu 28 Nov 2019", done=True).law == ()
    assert of_law("Thu 28 Nov 2019", secret=True).law == ()
    assert of_law("Thu 28 Nov 2019", standing=PRACTICE).law == ()


READINGS = (
    Reading("the rule", day("Thu 12 Dec 2019"), day("Thu 12 Dec 2019")),
    Reading("stated by Ofsted or the council", day("Thu 28 Nov 2019"), day("Thu 28 Nov 2019"), worked_to=True),
    Reading("no later than", day("Fri 13 Dec 2019"), day("Fri 13 Dec 2019"), upper_bound=True),
)


@pytest.mark.parametrize(
    ("readings", "law"), [(READINGS, "Thu 12 Dec"), (READINGS[1:], "Fri 13 Dec"), (READINGS[1:2], "")]
)
def test_only_the_laws_own_date_is_a_date_of_law_where_an_earlier_day_was_stated(
    readings: tuple[Reading, ...], law: str
) -> None:
    beside = "Action plan to Ofsted, {} (we work to Thu 28 Nov, stated by Ofsted or the council)"
    assert of_law("Thu 28 Nov 2019", readings=readings).law == ((beside.format(law),) if law else ())


def test_a_submission_that_no_meeting_can_agree_is_named_with_its_way_out() -> None:
    cabinet = Committee(key="cabinet", title="Cabinet", meetings=(day("Tue 26 Nov 2019"),))
    timeline = council(obligations=[duty("by 2019-11-28", sign_off="cabinet")])
    timeline = replace(timeline, council=replace(timeline.council, committees=(cabinet,)))
    task = a_task(replace(milestone(), completes=True), timeline=timeline)
    (named,) = told(task).no_meeting
    assert named.startswith("Action plan to Ofsted: No meeting of Cabinet that is recorded still allows Thu 28 Nov")
    assert "No meeting for the sign-off" in [line.head for line in lines(told(task))]
    decision = replace(milestone(), ref="action-plan/1/decision", key="decision")
    agreed = a_task(decision, replace(answer(Answer.DONE, "Fri 15 Nov 2019 08:00"), milestone=decision.ref))
    assert told(task, agreed).no_meeting == ()


def shift(was: str, now: str, state: OccurrenceState = OccurrenceState.POSTPONED) -> Shift:
    def whole_day(text: str) -> tuple[object, object] | None:
        return (day(text), day(text)) if text else None

    return Shift("plo-panel/2", whole_day(was), whole_day(now), state)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (shift("Thu 5 Dec 2019", "Thu 12 Dec 2019"), ("PLO panel: Thu 5 Dec 2019 → Thu 12 Dec 2019",)),
        (shift("Thu 5 Dec 2019", "Thu 5 Dec 2019"), ()),  # there and back again
        (shift("", "Thu 12 Dec 2019"), ("PLO panel: now Thu 12 Dec 2019",)),
        (
            shift("Thu 5 Dec 2019", "Thu 5 Dec 2019", OccurrenceState.CANCELLED),
            ("PLO panel: cancelled, was Thu 5 Dec 2019",),
        ),
        (shift("Thu 5 Dec 2019", "Fri 6 Dec 2019", OccurrenceState.TOOK_PLACE), ()),
        (
            Shift(
                "plo-panel/2",
                (day("Mon 2 Dec 2019"), day("Sun 1 Mar 2020")),
                (day("Tue 3 Dec 2019"), day("Wed 4 Dec 2019")),
                OccurrenceState.CONFIRMED,
            ),
            ("PLO panel: 2 December 2019 to 1 March 2020 → 3–4 December 2019",),
        ),
    ],
)
def test_what_moved_is_told_with_its_old_and_its_new_date(given: Shift, expected: tuple[str, ...]) -> None:
    assert told(shifts=[given], occurrences=[occurrence()]).moved == expected


def test_what_is_in_confidence_or_not_ours_did_not_move_for_this_mail() -> None:
    moved = shift("Thu 5 Dec 2019", "Thu 12 Dec 2019")
    assert told(shifts=[moved], occurrences=[occurrence(embargoes=(SECRET,))]).moved == ()
    assert told(shifts=[moved], occurrences=[occurrence(ours=False)]).moved == ()
    assert told(shifts=[moved]).moved == ()


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Mon 11 Nov 2019 08:25", ()),  # told last Monday
        ("Mon 11 Nov 2019 08:26", ("First draft of the action plan",)),
    ],
)
def test_what_was_done_since_the_last_one_is_met(when: str, expected: tuple[str, ...]) -> None:
    assert told(a_task(milestone(), answer(Answer.DONE, when))).met == expected


def test_what_was_held_comes_first_then_what_was_submitted_then_the_rest_by_duty() -> None:
    done = answer(Answer.DONE, "Tue 12 Nov 2019 10:00")
    draft = replace(milestone(), due_on=day("Thu 28 Nov 2019"))
    submitted = replace(draft, ref="action-plan/1/submitted", completes=True, title="Action plan submitted")
    other = replace(draft, ref="action-plan/1/other", title="Other")
    held = shift("Thu 14 Nov 2019", "Thu 14 Nov 2019", OccurrenceState.TOOK_PLACE)
    met = told(
        *(a_task(milestone, done) for milestone in (draft, submitted, other)), shifts=[held], occurrences=[occurrence()]
    ).met
    assert met == ("PLO panel, held Thu 14 Nov 2019", "Action plan submitted", "Action plan to Ofsted: 2 tasks done")


# In confidence


@pytest.mark.parametrize(("reader", "seen"), [("director", 1), ("head_of_service", 0)])
def test_what_is_under_embargo_is_counted_for_its_circulation_and_named_to_nobody(reader: str, seen: int) -> None:
    own = a_task(milestone(owner="director", embargoes=[SECRET]))
    risky = a_task(replace(milestone(due="Fri 15 Nov 2019", embargoes=[SECRET]), obligation="other", ref="other/1/x"))
    done = a_task(milestone(embargoes=[SECRET]), answer(Answer.DONE, "Tue 12 Nov 2019 10:00"))
    got = told(own, risky, done, reader=reader)
    assert (got.decide, got.at_risk, got.met) == ((), (), ())
    assert (got.in_confidence, got.at_risk_in_confidence) == (seen, seen)
    assert "draft" not in " ".join(line.text for line in lines(got))


@pytest.mark.parametrize(
    ("until", "expected"),
    [("Mon 18 Nov 2019 08:25", 1), ("Mon 18 Nov 2019 08:26", 0)],
)
def test_an_embargo_ends_at_its_instant(until: str, expected: int) -> None:
    given = Embargo(circulation=frozenset({"director"}), until=at(until))
    assert len(told(a_task(milestone(owner="director", embargoes=[given]))).decide) == expected
